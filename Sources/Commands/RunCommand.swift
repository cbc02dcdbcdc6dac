import ArgumentParser
import Pipelines
import SystemPackage

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a pipeline: crawl, parse, describe, learn, encode, index, match, report.",
        discussion: "A run that was stopped anywhere goes on where it was when it is started again. Ends with the account of every file.")

    @Argument(help: "The pipeline file, such as pipelines/nightly.yaml.")
    var pipeline: String

    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var flags: RunFlags
    @OptionGroup var output: JSONFlag

    func run() async throws {
        let steps = try Pipeline(contentsOf: FilePath(pipeline))
        let progress = Progress(quiet: flags.quiet)
        var runner = try PipelineRunner(workspace.value, options: flags.options, progress: progress)
        try finish(await runner.run(steps), json: output.json)
    }
}
