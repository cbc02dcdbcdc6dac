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
        try catalog.plan(.parse, digests, version("p"))
        var taken: [ContentDigest] = []
        while let job = try catalog.lease(worker: "w", seconds: 60, version("p")) {
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
        try catalog.plan(.describe, try archive.fill(16), version("p"))
        #expect(try catalog.jobCounts() == JobCounts(waiting: 8, contents: 16))
    }

    @Test("Workers with handles of their own never hold the same job")
    func concurrent() throws {
        let digests = try archive.fill(96)
        try catalog.plan(.describe, digests, version("p"))
        let handles = try (0..<4).map { _ in try archive.another() }
        let held = Held()
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            while let job = try? handles[worker].lease(worker: "w\(worker)", seconds: 60, version("p")) { held.add(job) }
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
        try catalog.plan(.parse, digests, version("p"))
        let former = try #require(try catalog.lease(worker: "slow", seconds: -1, version("p")))
        let latter = try #require(try archive.another().lease(worker: "fast", seconds: 60, version("p")))
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
        try catalog.plan(.parse, try archive.fill(1), version("p"))
        let job = try #require(try catalog.lease(worker: "a", seconds: -1, version("p")))
        #expect(try catalog.heartbeat(job, seconds: 60))
        #expect(try catalog.lease(worker: "b", seconds: 60, version("p")) == nil)
    }

    @Test("A holder from before cannot complete a job of a later plan, nor half of its own")
    func stale() throws {
        let digests = try archive.fill(2)
        try catalog.plan(.describe, [digests[0]], version("p"))
        let old = try #require(try catalog.lease(worker: "zombie", seconds: 60, version("p")))
        try catalog.plan(.encode, [digests[1]], version("p"))
        let new = try #require(try catalog.lease(worker: "w", seconds: 60, version("p")))
        #expect(try !catalog.heartbeat(old, seconds: 60) && !catalog.complete(old), "job \(old.id), token \(old.token) is now \(new.id), \(new.token)")
        #expect(try catalog.complete(new))
    }

    @Test("A batch that kills its workers is halved until the one content is alone and quarantined", arguments: 0..<4)
    func poison(_ seed: UInt64) throws {
        let digests = try archive.fill(40, seed: seed)
        let poison = digests[Int(seed) * 13]
        try catalog.plan(.parse, digests, version("p"))
        var deaths = 0
        while let job = try catalog.lease(worker: "w\(deaths)", seconds: 60, version("p")) {
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

    @Test("A page whose reading is given up is found among the failures, and read again when somebody wants it")
    func unread() throws {
        let digests = try archive.fill(2)
        try archive.parse(digests, .success(page(1, 2)))
        var version = version("p")
        version.recognition = "r"
        func read(_ job: Job) throws {
            for digest in job.digests {
                for number in 1...2 where try !catalog.knowsText(of: digest, page: number, "r") {
                    #expect(try catalog.keep(.init(digest: digest, page: number, text: PageText(source: .ocr, lines: [])), of: job, "r"))
                }
            }
            #expect(try catalog.complete(job))
        }
        try catalog.plan(.recognise, digests, version)
        while let job = try catalog.lease(worker: "w", seconds: 60, version) {
            if job.digests == [digests[0]] { try catalog.release(worker: "w", died: "signal 9", version) } else { try read(job) }
        }
        let failure = try #require(try catalog.failures().first)
        #expect(try catalog.failures().count == 1 && failure.digest == digests[0] && failure.stage == "recognise" && failure.page == 1)
        #expect(try catalog.documents(.image).map(\.digest) == digests, "it is indexed all the same")
        try archive.parse([digests[0]], .success(page(1, 2)))
        #expect(try catalog.failures().count == 1, "parsing does not read the page")

        #expect(try catalog.contentsToRecognise("r") == [digests[0]], "its other page")
        try catalog.plan(.recognise, [digests[0]], version)
        try read(#require(try catalog.lease(worker: "w", seconds: 60, version)))
        #expect(try catalog.failures().count == 1 && catalog.contentsToRecognise("r").isEmpty)

        #expect(try catalog.retryFailures(reason: nil, path: nil) == 1)
        #expect(try catalog.failures().isEmpty && catalog.contentsToParse(version).isEmpty)
        #expect(try catalog.contentsToRecognise("r") == [digests[0]])
    }

    @Test("A released job waits again, for anybody, until its third attempt")
    func release() throws {
        try catalog.plan(.encode, try archive.fill(1), version("p"))
        for attempt in 1...Catalog.mostAttempts {
            let job = try #require(try catalog.lease(worker: "w", seconds: 60, version("p")))
            #expect(job.attempts == attempt)
            try catalog.release(worker: "other", died: "x", version("p"))
            #expect(try catalog.jobCounts().leased == 1, "another worker's death is not ours")
            try catalog.release(worker: "w", died: "x", version("p"))
        }
        #expect(try catalog.lease(worker: "w", seconds: 60, version("p")) == nil)
        #expect(try catalog.failures().map(\.stage) == ["encode"])
    }

    @Test("Completion records all or nothing, and the job stays with its holder")
    func atomic() throws {
        let digests = try archive.fill(8)
        try catalog.plan(.parse, digests, version("p"))
        let job = try #require(try catalog.lease(worker: "w", seconds: 60, version("p")))
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
        try catalog.plan(.describe, [digests[0]], version("p"))
        let job = try #require(try catalog.lease(worker: "w", seconds: 60, version("p")))
        #expect(try catalog.complete(job, failures: [(digests[0], ParsingFailure(.damaged, page: 2, "bad"))], version("p")))
        #expect(try catalog.documents(.image).map(\.digest) == [digests[1]])
        #expect(try catalog.failures().map(\.stage) == ["describe"] && catalog.failures().map(\.page) == [2])
        #expect(try catalog.contentsToParse(version("p")).isEmpty)
    }

    @Test("A lease that runs out is an attempt: after the third the job is halved, and a content alone is given up")
    func expiry() throws {
        let digests = try archive.fill(16)
        try catalog.plan(.parse, digests, version("p"))
        #expect(try catalog.lease(worker: "w", seconds: -1, version("p"))?.attempts == 1)
        #expect(try catalog.lease(worker: "w", seconds: -1, version("p"))?.attempts == 2)
        #expect(try catalog.lease(worker: "w", seconds: -1, version("p"))?.attempts == 3)
        var rest: [Int] = []
        while let job = try catalog.lease(worker: "v", seconds: 60, version("p")) { rest.append(job.digests.count) }
        #expect(rest == [2, 2, 2, 2, 2, 2, 2, 1, 1])
        try catalog.plan(.parse, [digests[0]], version("p"))
        for _ in 1...20 { _ = try catalog.lease(worker: "w", seconds: -1, version("p")) }
        #expect(try catalog.failures().map(\.reason) == [.timeLimit])
        #expect(try catalog.jobCounts().isFinished)
    }

    @Test("What was in work when runs ended without a word comes last and alone, and is given up after the third time; its neighbours are not", arguments: 0..<3)
    func hostDeaths(_ seed: UInt64) throws {
        let digests = try archive.fill(24, seed: seed)
        let killer = digests[Int(seed) * 9]
        var done: Set<ContentDigest> = []
        var deaths = 0
        // Each round is a night; the host dies when the killer is leased, with whatever else is leased then.
        nights: while true {
            let missing = digests.filter { digest in !done.contains(digest) }
            let left = try missing.filter { try catalog.contentsToParse(version("p")).contains($0) }
            try catalog.plan(.parse, left, version("p"))
            var held: [Job] = []
            while let job = try catalog.lease(worker: "w\(held.count)", seconds: 600, version("p")) {
                held.append(job)
                if job.digests.contains(killer) {
                    deaths += 1
                    try #require(deaths < 10)
                    if deaths > 1 { #expect(job.digests == [killer] && held.count == 1 && done.count >= 18, "all that was not in work beside it is done by now") }
                    // A second worker takes what it can get before the host dies: beside a suspect, nothing.
                    let second = try catalog.lease(worker: "second", seconds: 600, version("p"))
                    #expect(deaths == 1 || second == nil)
                    continue nights
                }
                #expect(try catalog.complete(job, parsed: archive.parsed(job.digests), version("p")))
                done.formUnion(job.digests)
                held.removeLast()
            }
            break
        }
        #expect(deaths == Catalog.mostAttempts)
        #expect(done.count == 23 && !done.contains(killer))
        let failures = try catalog.failures()
        #expect(failures.map(\.reason) == [.workerDied] && failures.map(\.location.path) == [RawPath(killer.hex)])
    }

    @Test("A job that is given back waits as if nobody had taken it")
    func giveBack() throws {
        let digests = try archive.fill(1)
        try catalog.plan(.parse, digests, version("p"))
        for _ in 1...5 {
            let job = try #require(try catalog.lease(worker: "w", seconds: 60, version("p")))
            #expect(job.attempts == 1)
            try catalog.giveBack(job)
            try catalog.plan(.parse, digests, version("p"))
        }
        let old = try #require(try catalog.lease(worker: "w", seconds: -1, version("p")))
        let new = try #require(try catalog.lease(worker: "v", seconds: 60, version("p")))
        try catalog.giveBack(old)
        #expect(try catalog.heartbeat(new, seconds: 60), "it is another holder's by now")
    }

    @Test("The sums are those of the jobs, whatever happened to them")
    func sums() throws {
        let digests = try archive.fill(60)
        var random = SplitMix64(seed: 5)
        try catalog.plan(.parse, digests, version("p"))
        for step in 0..<200 {
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1: _ = try catalog.lease(worker: "w", seconds: Bool.random(using: &random) ? 60 : -1, version("p"))
            case 2: try catalog.release(worker: "w", died: "x", version("p"))
            case 3: if let job = try catalog.lease(worker: "v", seconds: 60, version("p")) { _ = try catalog.complete(job) }
            case 4: if step % 10 == 0 { try catalog.dropWaiting() }
            default: if step % 20 == 0 { try catalog.plan(.describe, Array(digests.prefix(Int.random(in: 0..<60, using: &random))), version("p")) }
            }
            let (counts, rows) = (try catalog.jobCounts(), try archive.jobs())
            func sum(_ state: String) -> Int { rows.count { $0.state == state } }
            #expect(counts.waiting == sum("waiting") && counts.leased == sum("leased") && counts.done == sum("done"))
            #expect(counts.contents == rows.reduce(0) { $0 + $1.contents } && counts.contentsDone == rows.reduce(0) { $0 + ($1.state == "done" ? $1.contents : 0) })
        }
    }

    @Test("A long queue costs what a short one costs", .timeLimit(.minutes(3)))
    func flat() throws {
        func seconds(_ jobs: Int) throws -> Double {
            try archive.pretend(jobs: jobs)
            let clock = ContinuousClock()
            var times: [Duration] = []
            for _ in 0..<9 {
                times.append(try clock.measure {
                    for _ in 0..<20 {
                        guard let job = try catalog.lease(worker: "w", seconds: 60, version("p")) else { break }
                        _ = try catalog.jobCounts()
                        _ = try catalog.currentStage()
                        _ = try catalog.complete(job)
                    }
                })
            }
            return times.sorted()[4] / .seconds(1)
        }
        let (few, many) = (try seconds(1_000), try seconds(300_000))
        #expect(many < few * 3, "\(few) s for 1,000 jobs, \(many) s for 300,000")
    }
}
