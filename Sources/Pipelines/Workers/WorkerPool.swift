import Documents
import Foundation
import Glibc
import Queueing
import Subprocess
import Synchronization
import SystemPackage

/// Starts worker processes for one stage, replaces those that die, and waits until the queue is finished: no longer than work can take.
struct WorkerPool: Sendable {
    let workspace: Workspace
    let catalog: Catalog
    let stage: Job.Stage
    let executable: String
    let count: Int
    let version: ParsingVersion
    /// When to begin nothing more; what is begun is finished.
    var deadline: Date?

    /// Workers that die in a row without finishing a content, before the pool gives up: more than the attempts that one
    /// batch can use up while it is halved down to one bad content.
    private static let mostDeathsWithoutProgress = 40
    /// Files that did not answer, before the pool concludes that their share does not.
    private static let mostSilentFiles = 3

    private enum Event {
        case tick
        case workerEnded((any Error)?)
    }

    /// What the workers of one run have in common.
    private final class Shared: Sendable {
        let silentFiles = Mutex(0)
    }

    /// Runs until every job is done. `progress` is called from here a few times a second.
    func run(progress: (JobCounts) -> Void) async throws {
        // Not a group of tasks, which would wait for a process that cannot be ended.
        let (events, sender) = AsyncStream.makeStream(of: Event.self)
        let shared = Shared()
        var active = max(1, min(count, try catalog.jobCounts().waiting))
        for number in 1...active {
            Task.detached {
                do {
                    try await keepWorking(number, shared)
                    sender.yield(.workerEnded(nil))
                } catch {
                    sender.yield(.workerEnded(error))
                }
            }
        }
        let ticker = Task.detached {
            while (try? await Task.sleep(for: .milliseconds(200))) != nil { sender.yield(.tick) }  // until it is cancelled
        }
        defer { ticker.cancel() }
        var patience = StallClock(now: .now)
        for await event in events {
            let counts = try catalog.jobCounts()
            progress(counts)
            if isLate { try catalog.dropWaiting() }
            if case .workerEnded(let error) = event {
                if let error { throw error }
                active -= 1
            }
            guard active > 0 else { return }
            switch patience.verdict(counts, lastLease: try catalog.lastLease(), now: .now) {
            case .goOn: break
            case .abandon: return  // all is done; what is left of the processes ends with this one
            case .stalled:
                throw ShogoError(
                    .temporary, "no worker has given a sign of life for \(Int(StallClock.seconds)) s: is the disk or the share stuck? Run again when it answers, nothing is lost")
            }
        }
    }

    private var isLate: Bool { deadline.map { Date.now > $0 } ?? false }

    private func keepWorking(_ number: Int, _ shared: Shared) async throws {
        var deaths = 0
        var leftBefore = Int.max
        while true {
            let counts = try catalog.jobCounts()
            if counts.isFinished || isLate { return }
            // Done or given up: either is progress.
            let left = counts.contents - counts.contentsDone
            deaths = left < leftBefore ? 0 : deaths + 1
            leftBefore = left
            guard deaths <= Self.mostDeathsWithoutProgress else {
                throw ShogoError(.failed, "workers die without finishing anything; see the messages above, then run again")
            }
            let name = "worker-\(getpid())-\(number)"
            var words = ["worker", "--workspace", workspace.path.string, "--name", name, "--supervisor", "\(getpid())", "--stage", stage.rawValue]
            if let deadline { words += ["--until", "\(deadline.timeIntervalSince1970)"] }
            let result = try await Subprocess.run(
                .path(FilePath(executable)), arguments: Arguments(executablePathOverride: CommandLine.arguments[0], remainingValues: words),
                input: .none, output: .discarded, error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false))
            switch result.terminationStatus {
            case .exited(0): break
            case .exited(Worker.timeLimitStatus), .signaled(SIGXCPU):
                try catalog.release(worker: name, reason: .timeLimit, died: "the time limit", version)
            case .exited(Worker.memoryLimitStatus):
                try catalog.release(
                    worker: name, reason: .memoryLimit, died: "the memory limit of \(WorkerLimits.residentBytes >> 20) MiB", version)
            case .exited(Worker.silentFileStatus):
                // The worker has marked the file and given its job back.
                guard shared.silentFiles.withLock({ $0 += 1; return $0 }) <= Self.mostSilentFiles else {
                    throw ShogoError(
                        .temporary,
                        "more than \(Self.mostSilentFiles) files did not answer, the last for minutes; 'shogo failures' lists them. Look at their share, then run again, nothing is lost")
                }
            case .exited(let code):
                // A worker that ends in order blames no content: the disk is full, the model is damaged.
                try catalog.giveBack(worker: name)
                throw ShogoError(ExitStatus(rawValue: code) ?? .failed, "a worker stopped, for the reason above; put it right and run again, nothing is lost")
            case .signaled(let signal):
                try catalog.release(worker: name, died: "signal \(signal)", version)
            }
        }
    }
}
