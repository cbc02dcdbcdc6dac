public import ArgumentParser
public import Documents
import Pipelines

struct RetryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Have failed files read again by the next run.")

    @OptionGroup var workspace: WorkspaceOption

    @Option(help: "Only failures of this reason code, such as truncated.")
    var reason: ReasonCode?

    @Option(help: ArgumentHelp("Only files whose path below the root, as 'shogo failures' shows it, starts so.", valueName: "path"))
    var path: String?

    @Flag(help: "Count them, and change nothing.")
    var dryRun = false

    @OptionGroup var output: JSONFlag

    private struct Answer: Encodable {
        var contents: Int, dryRun: Bool
    }

    func run() throws {
        let count = try Failures(archive: OpenWorkspace(workspace.value)).retry(reason: reason, below: path, dryRun: dryRun)
        if output.json { return try Terminal.print(json: Answer(contents: count, dryRun: dryRun)) }
        try Terminal.print("\(count) contents \(dryRun ? "would be" : "will be") read again by the next run")
    }
}

extension ReasonCode: ExpressibleByArgument {}
