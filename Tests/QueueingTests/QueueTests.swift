import Dispatch
import Documents
import Foundation
import TestSupport
import Testing

@testable import Queueing

@Suite("The queue")
struct QueueTests {
    let archive: Archive
    var catalog: Catalog { archive.catalog }

    init() throws { archive = try Archive() }

    @Test("Every planned content is leased once and done once, in digest order", arguments: [0, 1, 7, 8, 9, 100, 600])
    func happyPath(_ count: Int) throws {
        let digests = try archive.fill(count)
        try catalog.plan(.parse, digests)
        var taken: [ContentDigest] = []
        while let job = try catalog.lease(worker: "w", seconds: 60) {
            #expect(job.digests.count <= Catalog.batchSize && job.attempts == 1 && job.stage == .parse)
            taken += job.digests
            #expect(try catalog.complete(job, parsed: archive.parsed(job.digests), version("p")))
            #expect(try !catalog.complete(job, parsed: [], version("p")), "a job is done once")
        }
        #expect(taken == digests)
        let counts = try catalog.jobCounts()
        #expect(counts.isFinished && counts.contents == count && counts.contentsDone == count)
        #expect(try catalog.documents(.image).map(\.digest) == digests)
    }

    @Test("A short queue is spread so that several workers share it")
    func spread() throws {
        try catalog.plan(.describe, try archive.fill(16))
        #expect(try catalog.jobCounts() == JobCounts(waiting: 8, contents: 16))
    }

    @Test("Workers with handles of their own never hold the same job")
    func concurrent() throws {
        let digests = try archive.fill(96)
        try catalog.plan(.describe, digests)
        let handles = try (0..<4).map { _ in try archive.another() }
        let held = Held()
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            while let job = try? handles[worker].lease(worker: "w\(worker)", seconds: 60) { held.add(job) }
        }
        #expect(held.jobs.count == 8 && Set(held.jobs.map(\.id)).count == 8)
        #expect(held.jobs.flatMap(\.digests).sorted() == digests)
        #expect(try catalog.jobCounts().leased == 8)
    }

    private final class Held: @unchecked Sendable {  // because the lock guards its one field
        private let lock = NSLock()
        private(set) var jobs: [Job] = []
        func add(_ job: Job) { lock.withLock { jobs.append(job) } }
    }

    @Test("A lease that ran out is taken over, and the former holder can neither prolong nor complete")
    func takeover() throws {
        let digests = try archive.fill(1)
        try catalog.plan(.parse, digests)
        let former = try #require(try catalog.lease(worker: "slow", seconds: -1))
        let latter = try #require(try archive.another().lease(worker: "fast", seconds: 60))
        #expect(latter.id == former.id && latter.token > former.token && latter.attempts == 2)
        #expect(try !catalog.heartbeat(former, seconds: 60))
        #expect(try !catalog.complete(former, parsed: archive.parsed(digests, .failure(ParsingFailure(.damaged, ""))), version("p")))
        #expect(try catalog.contentsToParse(version("p")) == digests && catalog.failures().isEmpty, "a refused completion records nothing")
        try catalog.release(worker: "slow", died: "x", version("p"))
        #expect(try catalog.heartbeat(latter, seconds: 60) && catalog.complete(latter, parsed: archive.parsed(digests), version("p")))
        #expect(try catalog.contentsToParse(version("p")).isEmpty)
    }

    @Test("A heartbeat keeps a lease from being taken over")
    func heartbeat() throws {
        try catalog.plan(.parse, try archive.fill(1))
        let job = try #require(try catalog.lease(worker: "a", seconds: -1))
        #expect(try catalog.heartbeat(job, seconds: 60))
        #expect(try catalog.lease(worker: "b", seconds: 60) == nil)
    }

    @Test("A holder from before cannot complete a job of a later plan, nor half of its own")
    func stale() throws {
        let digests = try archive.fill(2)
        try catalog.plan(.describe, [digests[0]])
        let old = try #require(try catalog.lease(worker: "zombie", seconds: 60))
        try catalog.plan(.encode, [digests[1]])
        let new = try #require(try catalog.lease(worker: "w", seconds: 60))
        #expect(try !catalog.heartbeat(old, seconds: 60) && !catalog.complete(old), "job \(old.id), token \(old.token) is now \(new.id), \(new.token)")
        #expect(try catalog.complete(new))
    }

    @Test("A batch that kills its workers is halved until the one content is alone and quarantined", arguments: 0..<4)
    func poison(_ seed: UInt64) throws {
        let digests = try archive.fill(40, seed: seed)
        let poison = digests[Int(seed) * 13]
        try catalog.plan(.parse, digests)
        var deaths = 0
        while let job = try catalog.lease(worker: "w\(deaths)", seconds: 60) {
            if job.digests.contains(poison) {
                try catalog.release(worker: "w\(deaths)", died: "signal 11", version("p"))
                deaths += 1
                try #require(deaths < 100)
            } else {
                #expect(try catalog.complete(job, parsed: archive.parsed(job.digests), version("p")))
            }
        }
        let failure = try #require(try catalog.failures().first)
        #expect(try catalog.failures().count == 1 && failure.reason == .workerDied && failure.location.path == RawPath(poison.hex))
        #expect(failure.stage == "parse" && failure.message.contains("signal 11"))
        #expect(deaths <= Catalog.mostAttempts + 3, "batches of 5 are halved three times at most")
        #expect(try catalog.documents(.image).map(\.digest) == digests.filter { $0 != poison })
        #expect(try catalog.contentsToParse(version("p")).isEmpty, "the next run does not try it again")
        #expect(try catalog.contentsToParse(version("q")).contains(poison), "a new parser does")
        #expect(try catalog.jobCounts().isFinished)
    }

    @Test("A released job waits again, for anybody, until its third attempt")
    func release() throws {
        try catalog.plan(.encode, try archive.fill(1))
        for attempt in 1...Catalog.mostAttempts {
            let job = try #require(try catalog.lease(worker: "w", seconds: 60))
            #expect(job.attempts == attempt)
            try catalog.release(worker: "other", died: "x", version("p"))
            #expect(try catalog.jobCounts().leased == 1, "another worker's death is not ours")
            try catalog.release(worker: "w", died: "x", version("p"))
        }
        #expect(try catalog.lease(worker: "w", seconds: 60) == nil)
        #expect(try catalog.failures().map(\.stage) == ["encode"])
    }

    @Test("Completion records all or nothing, and the job stays with its holder")
    func atomic() throws {
        let digests = try archive.fill(8)
        try catalog.plan(.parse, digests)
        let job = try #require(try catalog.lease(worker: "w", seconds: 60))
        var results = archive.parsed(digests)
        results[7].result = .success(page(1, 1))  // the second page 1 breaks a key of the schema
        #expect(throws: (any Error).self) { try catalog.complete(job, parsed: results, version("p")) }
        #expect(try catalog.contentsToParse(version("p")) == digests && catalog.documents(.image).isEmpty)
        #expect(try catalog.heartbeat(job, seconds: 60) && catalog.complete(job, parsed: archive.parsed(digests), version("p")))
    }

    @Test("Contents that describing could not use are quarantined with the job's completion")
    func laterStage() throws {
        let digests = try archive.fill(2)
        try archive.parse(digests)
        try catalog.plan(.describe, [digests[0]])
        let job = try #require(try catalog.lease(worker: "w", seconds: 60))
        #expect(try catalog.complete(job, failures: [(digests[0], ParsingFailure(.damaged, page: 2, "bad"))], version("p")))
        #expect(try catalog.documents(.image).map(\.digest) == [digests[1]])
        #expect(try catalog.failures().map(\.stage) == ["describe"] && catalog.failures().map(\.page) == [2])
        #expect(try catalog.contentsToParse(version("p")).isEmpty)
    }

    @Test("A content that could not be read while it was described is tried again by the next run")
    func passingError() throws {
        let digests = try archive.fill(2)
        try archive.parse(digests)
        try catalog.plan(.describe, digests)
        while let job = try catalog.lease(worker: "w", seconds: 60) {
            #expect(try catalog.complete(job, failures: job.digests.map { ($0, ParsingFailure(.unreadable, "Input/output error")) }, version("p")))
        }
        #expect(try catalog.failures().map(\.reason) == [.unreadable, .unreadable])
        #expect(try catalog.contentsToParse(version("p")) == digests)
    }
}
