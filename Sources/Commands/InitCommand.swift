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

    func run() throws {
        let made = Workspace(path: FilePath(workspace))
        try OpenWorkspace.create(made, roots: roots.map { FilePath($0) }, dryRun: dryRun)
        try Terminal.print(dryRun ? "would make \(made.configurationFile)" : "made \(made.configurationFile)")
    }
}
