import ArgumentParser
import Pipelines
import SystemPackage

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check the configuration, or show it.", subcommands: [Check.self, Show.self], defaultSubcommand: Check.self)

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Check shogo.yaml, and pipeline files too.")

        @OptionGroup var workspace: WorkspaceOption

        @Argument(help: "Pipeline files to check as well.")
        var pipelines: [String] = []

        @OptionGroup var output: JSONFlag

        func run() throws {
            _ = try Configuration(workspace.value)
            for pipeline in pipelines { _ = try Pipeline(contentsOf: FilePath(pipeline)) }
            if output.json { return try Terminal.print(json: ["right": true]) }
            try Terminal.print("\(workspace.value.configurationFile) is right")
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the settings in force, defaults included.")

        @OptionGroup var workspace: WorkspaceOption
        @OptionGroup var output: JSONFlag

        func run() throws {
            let settings = try Configuration(workspace.value).settings
            if output.json { return try Terminal.print(json: settings) }
            for (key, value) in settings.sorted(by: { $0.key < $1.key }) { try Terminal.print("\(key): \(value)") }
        }
    }
}
