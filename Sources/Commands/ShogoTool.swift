import ArgumentParser
import Foundation
import Pipelines

/// The `shogo` program: parses its arguments, runs one command, exits with a code of `ExitStatus`.
public enum ShogoTool {
    public static func main() async -> Never {
        FastKernels.restartWhereMissed()
        // A reader that closes the pipe early (head) ends the output, not the program with a signal.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try ShogoCommand.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            exit(ExitStatus.done.rawValue)
        } catch {
            end(with: error)
        }
    }

    private static func end(with error: any Error) -> Never {
        if error is ExitCode || error is CleanExit || ShogoCommand.exitCode(for: error) == .success {
            ShogoCommand.exit(withError: error)
        }
        if ShogoCommand.exitCode(for: error) == .validationFailure {
            Terminal.say("\(lines: ShogoCommand.fullMessage(for: error))")
            exit(ExitStatus.usage.rawValue)
        }
        let shown = ShogoError(error)
        Terminal.say("shogo: \(lines: "\(shown)")")
        exit(shown.status.rawValue)
    }
}

struct ShogoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shogo",
        abstract: "Finds out which picture belongs to which instruction sheet, for whole archives.",
        discussion: """
            Start with 'shogo init WORKSPACE --root DIR', then 'shogo run pipelines/nightly.yaml --workspace WORKSPACE'.

            Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 done with some files quarantined, 5 temporary (retry later), \
            7 index damaged, 8 done but a step was left out, 9 done but some files cannot be read, 11 workspace in use, 12 root missing or too many deletions, 130 and 143 stopped by a signal (state safe).
            """,
        version: "0.1.0",
        subcommands: [
            InitCommand.self, RunCommand.self, IngestCommand.self, TrainCommand.self, MatchCommand.self, QueryCommand.self,
            EvalCommand.self, InspectCommand.self, BenchCommand.self, StatusCommand.self, FailuresCommand.self, LinksCommand.self, RetryCommand.self, VerifyCommand.self, ConfigCommand.self,
            WorkerCommand.self,
        ])
}
