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
        state.withLock { $0 = State(job: job, contentStarted: Self.now) }
    }

    func beginContent() {
        state.withLock { $0.contentStarted = Self.now }
    }

    func endJob() {
        state.withLock { $0.job = nil }
    }

    private func watch(renewing: Bool) {
        // The kernel gives an orphan another parent. Work done so far is safe: results are whole or absent.
        if getppid() != supervisor { _exit(1) }
        let current = state.withLock { $0 }
        guard let job = current.job else { return }
        if Self.now - current.contentStarted > Worker.secondsPerContent { _exit(Worker.timeLimitStatus) }
        // The catalog may be busy or gone: the lease outlives several beats, and completion checks the token anyway.
        if renewing { _ = try? catalog.heartbeat(job, seconds: Worker.leaseSeconds) }
    }

    private static var now: Double { ProcessInfo.processInfo.systemUptime }
}
