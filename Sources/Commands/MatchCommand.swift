public import ArgumentParser
public import Pipelines
public import Reporting
import SystemPackage

struct MatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match", abstract: "Report the best counterparts of everything in the index.",
        discussion: "Exact: every query meets every candidate. docs/formats/match-report.md explains each column.")

    @OptionGroup var workspace: WorkspaceOption

    @Option(help: "What to look up: images or sheets.")
    var from: ModalityName = .images

    @Option(help: "What to find: sheets or images. Default: the other one.")
    var to: ModalityName?

    @Option(help: "Candidates per query.")
    var top = 5

    @Option(help: "csv or jsonl.")
    var format: MatchReport.Format = .csv

    @Option(help: "machine (values as they are) or excel (byte order mark, formulas neutralised).")
    var profile: CSVWriter.Profile = .machine

    @Option(help: ArgumentHelp("The file to write; '-' is standard output.", valueName: "file"))
    var output = "-"

    @Flag(help: "Write JSON Lines: the same as --format jsonl.")
    var json = false

    func validate() throws {
        guard to != from else { throw ValidationError("--from and --to must differ") }
        guard (1...10_000).contains(top) else { throw ValidationError("--top must be from 1 to 10000") }
    }

    func run() throws {
        let matcher = Matcher(archive: try OpenWorkspace(workspace.value))
        let format = json ? MatchReport.Format.jsonl : format
        let nothing = ShogoError(.failed, "nothing is indexed yet; run a pipeline first, such as pipelines/nightly.yaml")
        if output == "-" {
            guard let report = try matcher.report(from: from.modality, top: top, format: format, profile: profile) else { throw nothing }
            return try Terminal.write(report.bytes)
        }
        let path = Workspace.absolute(FilePath(output))
        guard let rows = try matcher.write(from: from.modality, top: top, format: format, profile: profile, to: path) else { throw nothing }
        Terminal.say("\(rows) rows in \(path)")
    }
}

extension ModalityName: ExpressibleByArgument {}
extension MatchReport.Format: ExpressibleByArgument {}
extension CSVWriter.Profile: ExpressibleByArgument {}
