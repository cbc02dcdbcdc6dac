import Foundation
import Queueing

/// Tells whether a pool of workers still works: somebody holds a living lease, or something was done lately.
struct StallClock {
    enum Verdict: Equatable {
        case goOn
        /// All is done, and a process does not end: it sleeps in the kernel, waiting for a disk or a share.
        case abandon
        /// Nothing is done and nobody is at it.
        case stalled
    }

    /// How long nobody need give a sign. Beyond a lease, so that somebody else may take the job first.
    static let seconds = 180.0

    private var counts: JobCounts?
    private var changed: Date

    init(now: Date) { changed = now }

    /// `lastLease` is when the last lease ends or ended; `nil` where no job is held.
    mutating func verdict(_ counts: JobCounts, lastLease: Date?, now: Date) -> Verdict {
        if counts != self.counts { (self.counts, changed) = (counts, now) }
        let last = max(changed, counts.isFinished ? changed : lastLease ?? changed)
        guard now.timeIntervalSince(last) > Self.seconds else { return .goOn }
        return counts.isFinished ? .abandon : .stalled
    }
}
