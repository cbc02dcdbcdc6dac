import ArgumentParser
import Pipelines
import SystemPackage

struct IngestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest", abstract: "Take one directory into the index now.",
        discussion: "Only that directory is crawled. One that lies in no root yet is added to the roots of shogo.yaml.")

    @Argument(help: "The directory with new files.")
    var directory: String

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var flags: RunFlags
    @OptionGroup var output: JSONFlag

    func run() async throws {
        let directory = Workspace.absolute(FilePath(directory))
        var wouldAdd = false
        if try Ingest.admit(directory, to: workspace.value, dryRun: flags.dryRun) {
            Terminal.say("\(flags.dryRun ? "would add" : "added") \(directory) to the roots of \(workspace.value.configurationFile)")
            if flags.dryRun, !output.json { return }
            wouldAdd = flags.dryRun
        }
        // A directory that is no root yet cannot be looked through: there is only the answer for scripts.
        var runner = try PipelineRunner(workspace.value, options: flags.options, progress: Progress(quiet: flags.quiet || wouldAdd))
        try finish(await runner.run(.ingest, only: directory), json: output.json)
    }
}
