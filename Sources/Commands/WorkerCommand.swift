import ArgumentParser
import Foundation
import Pipelines

/// Started by `shogo run`; not for people.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Do jobs of a run (started by 'shogo run').", shouldDisplay: false)

    @OptionGroup var workspace: WorkspaceOption

    @Option(help: "The name that leases are taken under.")
    var name: String

    @Option(help: "The process that started this worker; without it the worker ends.")
    var supervisor: Int32

    @Option(help: "The stage whose jobs are taken; the worker writes where it does.")
    var stage: String

    @Option(help: "When to begin nothing more, in seconds since 1970.")
    var until: Double?

    @Flag(help: "It was started by itself, with the rights of a worker.")
    var confined = false

    func run() throws {
        Worker.outliveStoppedRun()
        if !confined { try WorkerSandbox.confine(to: workspace.value, stage: stage, restartingWith: CommandLine.arguments + ["--confined"]) }
        try Worker(workspace: workspace.value, name: name, supervisor: supervisor, deadline: until.map { Date(timeIntervalSince1970: $0) }).run()
    }
}
