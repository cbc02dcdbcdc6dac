import ArgumentParser
import Pipelines
import SystemPackage

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a workspace for an archive.",
        discussion: "Writes WORKSPACE/shogo.yaml with every setting and its default. Nothing is ever written into the roots.")

    @Argument(help: "The directory to make; on a local disk, outside the roots.")
    var workspace: String

    @Option(name: .customLong("root"), help: ArgumentHelp("A directory tree to index; give it again for more.", valueName: "dir"))
    var roots: [String]

    @Flag(help: "Check the arguments, and make nothing.")
    var dryRun = false

    @OptionGroup var output: JSONFlag

    private struct Made: Encodable {
        var workspace: String, configuration: String, dryRun: Bool
    }

    func run() throws {
        let made = Workspace(path: FilePath(workspace))
        try OpenWorkspace.create(made, roots: roots.map { FilePath($0) }, dryRun: dryRun)
        if output.json {
            return try Terminal.print(json: Made(workspace: made.path.string, configuration: made.configurationFile.string, dryRun: dryRun))
        }
        try Terminal.print("\(dryRun ? "would make" : "made") \(made.configurationFile)")
    }
}
