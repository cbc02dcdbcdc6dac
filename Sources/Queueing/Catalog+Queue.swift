public import Documents
import Foundation
import GRDB

/// The work queue: jobs are taken by lease and completed by compare-and-set on (job, token).
extension Catalog {
    /// How many contents one job holds at most.
    public static let batchSize = 64
    /// After so many attempts a job is split, and a job of one content is given up.
    public static let mostAttempts = 3

    /// Replaces all jobs by jobs for `digests`, batches of at most `batchSize`; the caller holds the workspace lock.
    ///
    /// Small totals are spread, so that two workers share even a short queue; batches follow digest order.
    public func plan(_ stage: Job.Stage, _ digests: [ContentDigest]) throws {
        // Reading takes seconds for each page, and a time budget is looked at between batches.
        let most = stage == .recognise ? 4 : Self.batchSize
        let size = max(1, min(most, (digests.count + 7) / 8))
        try database.write { database in
            try database.execute(sql: "DELETE FROM job")
            for start in stride(from: 0, to: digests.count, by: size) {
                try Self.insertJob(stage, digests[start..<min(start + size, digests.count)], attempts: 0, in: database)
            }
        }
    }

    private static func insertJob(_ stage: Job.Stage, _ digests: some Collection<ContentDigest>, attempts: Int, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO job (stage, digests, state, attempts) VALUES (?, ?, 'waiting', ?)",
            arguments: [stage.rawValue, Data(digests.flatMap(\.bytes)), attempts])
    }

    /// Takes the oldest job that waits or whose lease ran out; `nil` when there is none now.
    public func lease(worker: String, seconds: Double) throws -> Job? {
        try database.write { database in
            let now = Date.now.timeIntervalSince1970
            guard
                let row = try Row.fetchOne(
                    database,
                    sql: "SELECT * FROM job WHERE state = 'waiting' OR (state = 'leased' AND lease_until < ?) ORDER BY id LIMIT 1",
                    arguments: [now]),
                let stage = Job.Stage(rawValue: row["stage"])
            else { return nil }
            let job = Job(
                id: row["id"], stage: stage, digests: Self.digests(row["digests"]), attempts: (row["attempts"] as Int) + 1,
                token: (row["token"] as Int64) + 1)
            try database.execute(
                sql: "UPDATE job SET state = 'leased', attempts = ?, token = ?, worker = ?, lease_until = ? WHERE id = ?",
                arguments: [job.attempts, job.token, worker, now + seconds, job.id])
            return job
        }
    }

    /// Prolongs a lease; `false` when another holder has the job.
    public func heartbeat(_ job: Job, seconds: Double) throws -> Bool {
        try database.write { database in
            try database.execute(
                sql: "UPDATE job SET lease_until = ? WHERE id = ? AND token = ? AND state = 'leased'",
                arguments: [Date.now.timeIntervalSince1970 + seconds, job.id, job.token])
            return database.changesCount == 1
        }
    }

    /// Completes a parse job and records its results, both or neither; `false` when the lease was lost.
    public func complete(_ job: Job, parsed: [ParsedContent], _ version: ParsingVersion) throws -> Bool {
        try completing(job) { database in
            try record(parsed, version, in: database)
        }
    }

    /// Completes a job whose results are files.
    public func complete(_ job: Job) throws -> Bool {
        try completing(job) { _ in }
    }

    /// The same with contents that the job could not use: they are quarantined with it, as a parse under `version` would.
    public func complete(_ job: Job, failures: [(digest: ContentDigest, failure: ParsingFailure)], _ version: ParsingVersion) throws -> Bool {
        try completing(job) { database in
            for (digest, failure) in failures {
                let outcome = try record(failure, of: digest, stage: job.stage.rawValue, in: database)
                try database.execute(
                    sql: "UPDATE content SET outcome = ?, fingerprint = ? WHERE digest = ?",
                    arguments: [outcome, try reader(of: digest, in: database).flatMap { version.mark($0, for: failure) }, digest.data])
            }
        }
    }

    func completing(_ job: Job, _ body: (Database) throws -> Void) throws -> Bool {
        try database.write { database in
            try database.execute(
                sql: "UPDATE job SET state = 'done', worker = NULL WHERE id = ? AND token = ? AND state = 'leased'",
                arguments: [job.id, job.token])
            guard database.changesCount == 1 else { return false }
            try body(database)
            return true
        }
    }

    /// Returns the jobs of a worker that died. A job that was tried too often is halved; a single content is quarantined.
    ///
    /// `reason` is `workerDied`, `timeLimit` or `memoryLimit`. `version` is the one that parse jobs work under, so that a content given up is not tried again by the next run.
    public func release(worker: String, reason: ReasonCode = .workerDied, died: String, _ version: ParsingVersion) throws {
        try database.write { database in
            for row in try Row.fetchAll(database, sql: "SELECT * FROM job WHERE state = 'leased' AND worker = ?", arguments: [worker]) {
                let (id, attempts, digests) = (row["id"] as Int64, row["attempts"] as Int, Self.digests(row["digests"]))
                let stage = row["stage"] as String
                if attempts < Self.mostAttempts {
                    try database.execute(sql: "UPDATE job SET state = 'waiting', worker = NULL WHERE id = ?", arguments: [id])
                    continue
                }
                try database.execute(sql: "DELETE FROM job WHERE id = ?", arguments: [id])
                if digests.count > 1, let stage = Job.Stage(rawValue: stage) {
                    // The halves get one attempt each before they are halved again: the batch has had its three.
                    let middle = digests.count / 2
                    for half in [digests[..<middle], digests[middle...]] {
                        try Self.insertJob(stage, half, attempts: Self.mostAttempts - 1, in: database)
                    }
                } else if let digest = digests.first, let fingerprint = version.recognition, stage == Job.Stage.recognise.rawValue {
                    try Self.giveUpReading(digest, fingerprint, in: database)
                } else if let digest = digests.first {
                    let failure = ParsingFailure(reason, "the worker died of \(died) in stage \(stage), \(attempts) times")
                    try record(failure, of: digest, stage: stage, attempts: attempts, in: database)
                    try database.execute(
                        sql: "UPDATE content SET outcome = 'quarantined', fingerprint = ? WHERE digest = ?",
                        arguments: [version.anyReader, digest.data])
                }
            }
        }
    }

    /// The stage of the jobs that are left; `nil` when none is.
    public func currentStage() throws -> Job.Stage? {
        try database.read { database in
            try String.fetchOne(database, sql: "SELECT stage FROM job WHERE state != 'done' LIMIT 1").flatMap(Job.Stage.init(rawValue:))
        }
    }

    /// Removes jobs that nobody has begun; what they hold is planned again by the next run.
    public func dropWaiting() throws {
        try database.write { try $0.execute(sql: "DELETE FROM job WHERE state = 'waiting'") }
    }

    /// How far the queue is.
    public func jobCounts() throws -> JobCounts {
        try database.read { database in
            var counts = JobCounts()
            for row in try Row.fetchAll(database, sql: "SELECT state, count(*) AS jobs, sum(length(digests)) / 32 AS contents FROM job GROUP BY state") {
                let (jobs, contents) = (row["jobs"] as Int, row["contents"] as Int)
                counts.contents += contents
                switch row["state"] as String {
                case "waiting": counts.waiting = jobs
                case "leased": counts.leased = jobs
                default:
                    counts.done = jobs
                    counts.contentsDone = contents
                }
            }
            return counts
        }
    }

    private static func digests(_ column: Data) -> [ContentDigest] {
        let bytes = [UInt8](column)
        return stride(from: 0, to: bytes.count, by: 32).compactMap { ContentDigest(bytes: bytes[$0..<min($0 + 32, bytes.count)]) }
    }
}
