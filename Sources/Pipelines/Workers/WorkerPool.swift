import Documents
import Foundation
import Glibc
import Queueing
import Subprocess
import SystemPackage

/// Starts worker processes for one stage, replaces those that die, and waits until the queue is finished.
struct WorkerPool: Sendable {
    let workspace: Workspace
    let catalog: Catalog
    let stage: Job.Stage
    let executable: String
    let count: Int
    let version: ParsingVersion
    /// When to begin nothing more; what is begun is finished.
    var deadline: ContinuousClock.Instant?

    /// Workers that die in a row without finishing a content, before the pool gives up: more than the attempts that one
    /// batch can use up while it is halved down to one bad content.
    private static let mostDeathsWithoutProgress = 40

    private enum Event {
        case tick, workerEnded
    }

    /// Runs until every job is done. `progress` is called from here a few times a second.
    func run(progress: (JobCounts) -> Void) async throws {
        try await withThrowingTaskGroup(of: Event.self) { group in
            var active = max(1, min(count, try catalog.jobCounts().waiting))
            for number in 1...active {
                group.addTask {
                    try await keepWorking(number)
                    return .workerEnded
                }
            }
            group.addTask { await Self.tick() }
            while active > 0, let event = try await group.next() {
                progress(try catalog.jobCounts())
                if let deadline, ContinuousClock.now > deadline { try catalog.dropWaiting() }
                switch event {
                case .workerEnded: active -= 1
                case .tick: group.addTask { await Self.tick() }
                }
            }
            group.cancelAll()
        }
    }

    private static func tick() async -> Event {
        do {
            try await Task.sleep(for: .milliseconds(200))
        } catch {
            // Cancelled: the last worker has ended, and nobody waits for this tick.
        }
        return .tick
    }

    private func keepWorking(_ number: Int) async throws {
        var deaths = 0
        var leftBefore = Int.max
        while true {
            let counts = try catalog.jobCounts()
            if counts.isFinished { return }
            // Done or given up: either is progress.
            let left = counts.contents - counts.contentsDone
            deaths = left < leftBefore ? 0 : deaths + 1
            leftBefore = left
            guard deaths <= Self.mostDeathsWithoutProgress else {
                throw ShogoError(.failed, "workers die without finishing anything; see the messages above, then run again")
            }
            let name = "worker-\(getpid())-\(number)"
            let result = try await Subprocess.run(
                .path(FilePath(executable)),
                arguments: Arguments(
                    executablePathOverride: CommandLine.arguments[0],
                    remainingValues: ["worker", "--workspace", workspace.path.string, "--name", name, "--supervisor", "\(getpid())", "--stage", stage.rawValue]),
                input: .none, output: .discarded, error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false))
            switch result.terminationStatus {
            case .exited(0): break
            case .exited(Worker.timeLimitStatus), .signaled(SIGXCPU):
                try catalog.release(worker: name, reason: .timeLimit, died: "the time limit", version)
            case .exited(Worker.memoryLimitStatus):
                try catalog.release(
                    worker: name, reason: .memoryLimit, died: "the memory limit of \(WorkerLimits.residentBytes >> 20) MiB", version)
            case .exited(let code):
                // A worker that ends in order blames no content: the disk is full, the model is damaged.
                throw ShogoError(ExitStatus(rawValue: code) ?? .failed, "a worker stopped, for the reason above; put it right and run again, nothing is lost")
            case .signaled(let signal):
                try catalog.release(worker: name, died: "signal \(signal)", version)
            }
        }
    }
}
