import Documents
import Foundation
import Glibc
import Synchronization

/// Counts what a crawl sees, and ends the run when the archive does not answer: a call into a share that hangs never returns, and the
/// thread in it can neither go on nor be told to stop.
final class CrawlWatch {
    /// How long one look at a file, or the reading of one MiB of it, may take.
    static let seconds = 300.0

    private let progress: Progress
    private let guardian: StallGuard
    private var entries = 0

    init(progress: Progress) {
        self.progress = progress
        guardian = StallGuard(seconds: Self.seconds) { path in
            StandardError.say("shogo: the archive has not answered for \(Int(Self.seconds)) s, at \(path.display); is its share mounted and alive? Run again then, nothing is lost")
            // Not `exit`, which runs what may wait for the thread that hangs.
            _exit(ExitStatus.temporary.rawValue)
        }
    }

    func see(_ path: RawPath?) {
        guardian.beat(path)
        guard path != nil else { return }
        entries += 1
        if entries % 1_000 == 0 { progress.update(done: 0, total: 0, note: "\(entries) entries") }
    }

    func end() { guardian.end() }
}

/// Calls somebody when too long nothing was heard.
final class StallGuard: Sendable {
    private struct State {
        var path = RawPath("")
        var heard = ProcessInfo.processInfo.systemUptime
        var isOver = false
    }

    private let state = Mutex(State())

    /// `stalled` is called once, on a thread of its own, with the last path heard of.
    init(seconds: Double, stalled: @escaping @Sendable (RawPath) -> Void) {
        Thread.detachNewThread { [weak self] in
            while true {
                Thread.sleep(forTimeInterval: min(1, seconds / 4))
                guard let state = self?.state.withLock({ $0 }), !state.isOver else { return }
                guard ProcessInfo.processInfo.systemUptime - state.heard < seconds else { return stalled(state.path) }
            }
        }
    }

    /// Something went on; `nil`: still at the same path.
    func beat(_ path: RawPath?) {
        let now = ProcessInfo.processInfo.systemUptime
        state.withLock { state in
            state.heard = now
            if let path { state.path = path }
        }
    }

    func end() { state.withLock { $0.isOver = true } }
}
