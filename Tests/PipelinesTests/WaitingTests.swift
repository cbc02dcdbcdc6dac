import Documents
import Foundation
@testable import Queueing
import Synchronization
import Testing

@testable import Pipelines

@Suite("Every wait has a limit")
struct WaitingTests {
    @Test("A pool whose workers hold living leases goes on, one where nobody gives a sign is stalled, one that is done leaves processes behind that do not end")
    func stalls() {
        let start = Date(timeIntervalSince1970: 1_000_000)
        let working = JobCounts(waiting: 1, leased: 1, done: 0, contentsDone: 0, contents: 2)
        let finished = JobCounts(waiting: 0, leased: 0, done: 2, contentsDone: 2, contents: 2)
        var clock = StallClock(now: start)
        for minute in 0..<60 {
            let now = start + Double(minute * 60)
            #expect(clock.verdict(working, lastLease: now + 50, now: now) == .goOn, "a long content is no stall")
        }
        let last = start + 59 * 60
        #expect(clock.verdict(working, lastLease: last, now: last + StallClock.seconds - 1) == .goOn)
        #expect(clock.verdict(working, lastLease: last, now: last + StallClock.seconds + 1) == .stalled)
        #expect(clock.verdict(working, lastLease: nil, now: last + StallClock.seconds + 1) == .stalled)
        #expect(clock.verdict(finished, lastLease: nil, now: last + 1_000) == .goOn, "workers may take a moment to end")
        #expect(clock.verdict(finished, lastLease: nil, now: last + 1_000 + StallClock.seconds + 1) == .abandon)
    }

    @Test("A worker whose file does not answer says which; one whose content takes too long, whose memory grows or whose supervisor is gone ends for that")
    func verdicts() {
        let place = FileLocation(root: 1, path: RawPath("a"))
        let job = Job(id: 1, stage: .parse, digests: [], attempts: 1, token: 1)
        func verdict(_ state: Watchdog.State, parent: Int32 = 7, bytes: Int = 0) -> Watchdog.Verdict {
            Watchdog.verdict(state, now: 1_000, parent: parent, supervisor: 7, residentBytes: bytes)
        }
        let idle = Watchdog.State(), fresh = Watchdog.State(job: job, contentStarted: 990)
        #expect(verdict(idle) == .goOn && verdict(fresh) == .goOn)
        #expect(verdict(Watchdog.State(job: job, contentStarted: 1_000 - Worker.secondsPerContent - 1)) == .tooLong)
        #expect(verdict(Watchdog.State(job: job, contentStarted: .infinity, reading: (place, 1_001))) == .goOn)
        #expect(verdict(Watchdog.State(job: job, contentStarted: .infinity, reading: (place, 999))) == .silent(place))
        #expect(verdict(fresh, parent: 1) == .orphaned && verdict(fresh, bytes: WorkerLimits.residentBytes + 1) == .tooMuchMemory)
        #expect(Worker.secondsToRead(0) >= 60 && Worker.secondsToRead(1 << 30) < 3_600)
    }

    @Test("A guard calls once when nothing is heard, with the last path, and never after its end")
    func guardian() {
        let calls = Calls()
        let ended = StallGuard(seconds: 0.5) { _ in calls.paths.withLock { $0.append(RawPath("never")) } }
        ended.end()
        let late = StallGuard(seconds: 2) { path in calls.paths.withLock { $0.append(path) } }
        let start = ContinuousClock.now
        while ContinuousClock.now - start < .seconds(4) {
            late.beat(RawPath("a/b"))
            usleep(20_000)
            late.beat(nil)
        }
        #expect(calls.paths.withLock { $0.isEmpty })
        while calls.paths.withLock({ $0.isEmpty }), ContinuousClock.now - start < .seconds(60) { usleep(50_000) }
        #expect(calls.paths.withLock { $0 } == [RawPath("a/b")])
        withExtendedLifetime((late, ended)) {}
    }

    private final class Calls: Sendable {
        let paths = Mutex<[RawPath]>([])
    }
}
