import ArgumentParser
import Pipelines
import SystemPackage

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Train a new model from the pairs known by now.",
        discussion: """
            Pairs come from the archive itself (figure references, same stem, same folder), from the files in shogo.yaml and from --pairs, \
            of which a copy is kept for later trainings. \
            The next run encodes and indexes everything anew with the model.
            """)

    @OptionGroup var workspace: WorkspaceOption

    @Option(name: .customLong("pairs"), help: ArgumentHelp("A CSV file of pairs: sheet,image[,page,weight,part]; give it again for more.", valueName: "file"))
    var pairs: [String] = []

    @Flag(help: "Count the pairs, and train nothing.")
    var dryRun = false

    @Flag(help: "No progress on standard error.")
    var quiet = false

    @OptionGroup var output: JSONFlag

    func run() throws {
        let files = pairs.map { FilePath($0) }
        if dryRun {
            let found = try TrainingRun.dryRun(workspace.value, pairFiles: files)
            for remark in found.remarks { Terminal.say(remark) }
            if output.json { return try Terminal.print(json: ["pairs": found.pairs, "heldOut": found.heldOut]) }
            return try Terminal.print("would train on \(found.pairs) pairs; \(found.heldOut) are held out")
        }
        let report = try TrainingRun.run(workspace.value, pairFiles: files, progress: Progress(quiet: quiet))
        if output.json { return try Terminal.print(json: report) }
        try Terminal.print("model \(report.model)")
        try Terminal.print("trained on \(report.pairs) pairs; \(report.heldOut) held out")
        try Terminal.print("losses and validation: \(report.plot)")
    }
}
