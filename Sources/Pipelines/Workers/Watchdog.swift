import Documents
import Foundation
import Glibc
import Queueing
import Synchronization

/// A thread that keeps a worker's lease alive, and ends the worker when it should not go on: its supervisor is gone, one content takes too
/// long, or a file does not answer.
final class Watchdog: Sendable {
    /// What the worker is at.
    struct State {
        var job: Job?
        var contentStarted = 0.0
        var secondsPerContent = Worker.secondsPerContent
        /// The file that is being read, and until when it should have answered.
        var reading: (location: FileLocation, until: Double)?
    }

    enum Verdict: Equatable {
        case goOn
        case orphaned
        case tooMuchMemory
        case tooLong
        case silent(FileLocation)
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
        state.withLock { ($0.contentStarted, $0.reading) = (Self.now, nil) }
    }

    /// Stops the clock of the content while a file is read: a slow share is not the content's doing. It has a clock of its own.
    func beginReading(_ location: FileLocation, bytes: Int) {
        state.withLock { ($0.contentStarted, $0.reading) = (.infinity, (location, Self.now + Worker.secondsToRead(bytes))) }
    }

    /// Stops the clock of the content: what follows is the catalog's doing, which waits for a limited time.
    func pause() {
        state.withLock { ($0.contentStarted, $0.reading) = (.infinity, nil) }
    }

    func endJob() {
        state.withLock { $0.job = nil }
    }

    static func verdict(_ state: State, now: Double, parent: Int32, supervisor: Int32, residentBytes: Int) -> Verdict {
        // The kernel gives an orphan another parent. Work done so far is safe: results are whole or absent.
        if parent != supervisor { return .orphaned }
        if residentBytes > WorkerLimits.residentBytes { return .tooMuchMemory }
        guard state.job != nil else { return .goOn }
        if let reading = state.reading, now > reading.until { return .silent(reading.location) }
        return now - state.contentStarted > state.secondsPerContent ? .tooLong : .goOn
    }

    /// Leaves everything as it should be before the worker ends; answers the exit status, or `nil` when it goes on.
    func settle(_ verdict: Verdict, _ job: Job?) -> Int32? {
        switch verdict {
        case .goOn: return nil
        case .orphaned:
            // The contents in work are not to blame that somebody stopped the run; were the host dying of them, this would not be reached.
            if let job { try? catalog.giveBack(job) }
            return 1
        case .tooMuchMemory: return Worker.memoryLimitStatus
        case .tooLong: return Worker.timeLimitStatus
        case .silent(let location):
            // When the catalog cannot take it either, the lease runs out by itself.
            try? catalog.markUnreadable(location, "no answer for minutes")
            if let job { try? catalog.giveBack(job) }
            return Worker.silentFileStatus
        }
    }

    private func watch(renewing: Bool) {
        let current = state.withLock { $0 }
        let verdict = Self.verdict(current, now: Self.now, parent: getppid(), supervisor: supervisor, residentBytes: Self.residentBytes)
        if let status = settle(verdict, current.job) { _exit(status) }
        // The catalog may be busy or gone: the lease outlives several beats, and completion checks the token anyway.
        if renewing, let job = current.job { _ = try? catalog.heartbeat(job, seconds: Worker.leaseSeconds) }
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
