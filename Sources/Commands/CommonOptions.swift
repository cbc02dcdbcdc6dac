import ArgumentParser
import Pipelines
import SystemPackage

/// The workspace that a command works in.
struct WorkspaceOption: ParsableArguments {
    @Option(help: ArgumentHelp("The workspace directory that 'shogo init' made.", valueName: "dir"))
    var workspace: String

    var value: Workspace { Workspace(path: FilePath(workspace)) }
}

struct JSONFlag: ParsableArguments {
    @Flag(help: "Print JSON, one object per line, for scripts.")
    var json = false
}

/// How runs are done.
struct RunFlags: ParsableArguments {
    @Option(help: "Worker processes; their number changes only the time. Default: one per core.")
    var workers: Int?

    @Option(help: "Refuse to go on when more than this share of the known files is gone, 0 to 1. Default: crawl.maxDelete of shogo.yaml.")
    var maxDelete: Double?

    @Flag(help: "Say what would be done, and change nothing.")
    var dryRun = false

    @Flag(help: "No progress on standard error.")
    var quiet = false

    func validate() throws {
        if let workers, !(1...256).contains(workers) { throw ValidationError("--workers must be from 1 to 256") }
        if let maxDelete, !(0...1).contains(maxDelete) { throw ValidationError("--max-delete must be from 0 to 1") }
    }

    var options: RunOptions {
        RunOptions(workers: workers ?? RunOptions.coreCount, maxDelete: maxDelete, dryRun: dryRun)
    }
}

/// Prints a run's result and exits with its code.
func finish(_ result: RunResult, json: Bool) throws {
    if json {
        try Terminal.print(json: result)
    } else {
        try Terminal.print("\(result.account.line)")
        for report in result.reports { try Terminal.print("report: \(report)") }
        if result.dryRun { try Terminal.print("dry run: nothing was changed; the account is that of the last run") }
        if result.account.unreadable > 0 { Terminal.say("some files cannot be read today; what was known of them stays, 'shogo failures' lists them") }
        if result.account.quarantined > 0 { Terminal.say("some files are quarantined; 'shogo failures' lists them with reasons") }
    }
    if result.status != .done { throw ExitCode(result.status.rawValue) }
}
