import Foundation
import Glibc
import Queueing
import Synchronization

/// A thread that keeps a worker's lease alive, and ends the worker when it should not go on: its supervisor is gone,
/// or one content takes too long.
final class Watchdog: Sendable {
    private struct State {
        var job: Job?
        var contentStarted = 0.0
        var secondsPerContent = Worker.secondsPerContent
    }

    private let state = Mutex(State())
    private let catalog: Catalog
    private let supervisor: Int32

    init(catalog: Catalog, supervisor: Int32) {
        self.catalog = catalog
        self.supervisor = supervisor
    }

    func start() {
        Thread.detachNewThread { [self] in
            var ticks = 0
            while true {
                usleep(100_000)
                ticks += 1
                watch(renewing: ticks % 100 == 0)
            }
        }
    }

    func beginJob(_ job: Job) {
        let seconds = job.stage == .recognise ? Worker.secondsPerReading : Worker.secondsPerContent
        state.withLock { $0 = State(job: job, contentStarted: Self.now, secondsPerContent: seconds) }
    }

    func beginContent() {
        state.withLock { $0.contentStarted = Self.now }
    }

    /// Stops the clock of the content: what follows is not its doing. The lease is kept alive all the same.
    func pause() {
        state.withLock { $0.contentStarted = .infinity }
    }

    func endJob() {
        state.withLock { $0.job = nil }
    }

    private func watch(renewing: Bool) {
        let current = state.withLock { $0 }
        // The kernel gives an orphan another parent. Work done so far is safe: results are whole or absent. The contents in work are not
        // to blame that somebody stopped the run; were the host dying of them, this would not be reached.
        if getppid() != supervisor {
            if let job = current.job { try? catalog.giveBack(job) }
            _exit(1)
        }
        if Self.residentBytes > WorkerLimits.residentBytes { _exit(Worker.memoryLimitStatus) }
        guard let job = current.job else { return }
        if Self.now - current.contentStarted > current.secondsPerContent { _exit(Worker.timeLimitStatus) }
        // The catalog may be busy or gone: the lease outlives several beats, and completion checks the token anyway.
        if renewing { _ = try? catalog.heartbeat(job, seconds: Worker.leaseSeconds) }
    }

    /// Memory of this process that is its own: mapped files can be had back at any time.
    private static var residentBytes: Int {
        // "size resident shared ..." in pages, proc(5).
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let pages = text.split(separator: " ").prefix(3).compactMap { Int($0) }
        return pages.count == 3 ? (pages[1] - pages[2]) * Int(getpagesize()) : 0
    }

    private static var now: Double { ProcessInfo.processInfo.systemUptime }
}
