public import Documents
public import Foundation
import GRDB

/// The work queue: jobs are taken by lease and completed by compare-and-set on (job, token).
extension Catalog {
    /// How many contents one job holds at most.
    public static let batchSize = 64
    /// After so many attempts a job is split, and a job of one content is given up.
    public static let mostAttempts = 3

    /// Replaces all jobs by jobs for `digests`, batches of at most `batchSize`; the caller holds the workspace lock.
    ///
    /// Small totals are spread, so that two workers share even a short queue; batches follow digest order. A job that is leased now was in
    /// work when a run ended without a word, perhaps because its host died of it: that is an attempt of each of its contents. Such contents
    /// come last and one at a time, and after `mostAttempts` they are given up as `release` would.
    public func plan(_ stage: Job.Stage, _ digests: [ContentDigest], _ version: ParsingVersion) throws {
        // Reading takes seconds for each page, and a time budget is looked at between batches.
        let most = stage == .recognise ? 4 : Self.batchSize
        try database.write { database in
            for row in try Row.fetchAll(database, sql: "SELECT stage, digests FROM job WHERE state = 'leased'") {
                for digest in Self.digests(row["digests"]) {
                    try database.execute(
                        sql: "INSERT INTO attempt VALUES (?, ?, 1) ON CONFLICT (stage, digest) DO UPDATE SET count = count + 1",
                        arguments: [row["stage"] as String, digest.data])
                }
            }
            try database.execute(sql: "DELETE FROM job")
            let attempts = try Self.attempts(stage, in: database)
            let suspects = attempts.isEmpty ? [] : digests.filter { attempts[$0] != nil }
            // What is not to be done any more was done by somebody else, or went.
            for digest in Set(attempts.keys).subtracting(suspects) { try Self.forgetAttempts(stage, digest, in: database) }
            let others = suspects.isEmpty ? digests : digests.filter { attempts[$0] == nil }
            let size = max(1, min(most, (others.count + 7) / 8))
            for start in stride(from: 0, to: others.count, by: size) {
                try Self.insertJob(stage, others[start..<min(start + size, others.count)], attempts: 0, in: database)
            }
            for digest in suspects {
                let count = attempts[digest] ?? 0
                if count < Self.mostAttempts {
                    try Self.insertJob(stage, [digest], attempts: count, alone: true, in: database)
                } else {
                    try giveUp(digest, stage.rawValue, .workerDied, "the run ended without a word, or its host died,", count, version, in: database)
                }
            }
        }
    }

    private static func attempts(_ stage: Job.Stage, in database: Database) throws -> [ContentDigest: Int] {
        let rows = try Row.fetchAll(database, sql: "SELECT digest, count FROM attempt WHERE stage = ?", arguments: [stage.rawValue])
        return Dictionary(uniqueKeysWithValues: rows.map { (ContentDigest(column: $0["digest"]), $0["count"]) })
    }

    private static func forgetAttempts(_ stage: Job.Stage, _ digest: ContentDigest, in database: Database) throws {
        try database.execute(sql: "DELETE FROM attempt WHERE stage = ? AND digest = ?", arguments: [stage.rawValue, digest.data])
    }

    private static func insertJob(
        _ stage: Job.Stage, _ digests: some Collection<ContentDigest>, attempts: Int, alone: Bool = false, in database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO job (stage, digests, state, attempts, alone) VALUES (?, ?, 'waiting', ?, ?)",
            arguments: [stage.rawValue, Data(digests.flatMap(\.bytes)), attempts, alone])
    }

    /// Takes the oldest job that waits, after one whose lease ran out; `nil` when there is none now. Cost: a few look-ups, however long the queue.
    ///
    /// A lease that ran out is an attempt like a death: after `mostAttempts` the job is halved or its content given up, as `release` does.
    public func lease(worker: String, seconds: Double, _ version: ParsingVersion) throws -> Job? {
        try database.write { database in
            let now = Date.now.timeIntervalSince1970
            while let late = try Row.fetchOne(database, sql: "SELECT * FROM job WHERE state = 'leased' AND lease_until < ? ORDER BY lease_until LIMIT 1", arguments: [now]) {
                guard try !release(late, .timeLimit, "no sign of life", version, in: database) else { continue }
                return try Self.take(late, worker, until: now + seconds, in: database)
            }
            guard let next = try Row.fetchOne(database, sql: "SELECT * FROM job WHERE state = 'waiting' ORDER BY id LIMIT 1") else { return nil }
            // Beside another content nobody could tell which of the two the host dies of.
            if let alone = try Bool.fetchOne(database, sql: "SELECT max(alone) FROM job WHERE state = 'leased'"), alone || next["alone"] { return nil }
            return try Self.take(next, worker, until: now + seconds, in: database)
        }
    }

    private static func take(_ row: Row, _ worker: String, until: Double, in database: Database) throws -> Job? {
        guard let stage = Job.Stage(rawValue: row["stage"]) else { return nil }
        let job = Job(
            id: row["id"], stage: stage, digests: digests(row["digests"]), attempts: (row["attempts"] as Int) + 1, token: (row["token"] as Int64) + 1)
        try database.execute(
            sql: "UPDATE job SET state = 'leased', attempts = ?, token = ?, worker = ?, lease_until = ? WHERE id = ?",
            arguments: [job.attempts, job.token, worker, until, job.id])
        return job
    }

    /// Gives a job back that its holder does not go on with, for no fault of its contents: it waits as if it had not been taken.
    public func giveBack(_ job: Job) throws {
        try database.write { database in
            try database.execute(
                sql: "UPDATE job SET state = 'waiting', attempts = attempts - 1, worker = NULL WHERE id = ? AND token = ? AND state = 'leased'",
                arguments: [job.id, job.token])
        }
    }

    /// Gives back whatever a worker holds that ended, the same way.
    public func giveBack(worker: String) throws {
        try database.write { database in
            try database.execute(
                sql: "UPDATE job SET state = 'waiting', attempts = attempts - 1, worker = NULL WHERE state = 'leased' AND worker = ?", arguments: [worker])
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
                    arguments: [outcome, try reader(of: digest, in: database).map { version.mark($0, for: failure) }, digest.data])
                try Self.countChange(in: database)
            }
        }
    }

    func completing(_ job: Job, _ body: (Database) throws -> Void) throws -> Bool {
        try database.write { database in
            try database.execute(
                sql: "UPDATE job SET state = 'done', worker = NULL WHERE id = ? AND token = ? AND state = 'leased'",
                arguments: [job.id, job.token])
            guard database.changesCount == 1 else { return false }
            // One at a time is how contents with attempts of earlier runs are planned.
            if job.digests.count == 1 { try Self.forgetAttempts(job.stage, job.digests[0], in: database) }
            try body(database)
            return true
        }
    }

    /// Returns the jobs of a worker that died. A job that was tried too often is halved; a single content is quarantined.
    ///
    /// `reason` is `workerDied`, `timeLimit` or `memoryLimit`. `version` is the one that parse jobs work under, so that a content given up is not tried again by the next run.
    public func release(worker: String, reason: ReasonCode = .workerDied, died: String, _ version: ParsingVersion) throws {
        try database.write { database in
            for row in try Row.fetchAll(database, sql: "SELECT * FROM job WHERE state = 'leased' AND worker = ?", arguments: [worker])
            where try !release(row, reason, "the worker died of \(died)", version, in: database) {
                try database.execute(sql: "UPDATE job SET state = 'waiting', worker = NULL WHERE id = ?", arguments: [row["id"] as Int64])
            }
        }
    }

    /// Halves a leased job that was tried too often, or gives its content up; `false` when it may be tried again.
    private func release(_ row: Row, _ reason: ReasonCode, _ what: String, _ version: ParsingVersion, in database: Database) throws -> Bool {
        let (attempts, digests, stage) = (row["attempts"] as Int, Self.digests(row["digests"]), row["stage"] as String)
        guard attempts >= Self.mostAttempts else { return false }
        try database.execute(sql: "DELETE FROM job WHERE id = ?", arguments: [row["id"] as Int64])
        if digests.count > 1, let stage = Job.Stage(rawValue: stage) {
            // The halves get one attempt each before they are halved again: the batch has had its three.
            let middle = digests.count / 2
            for half in [digests[..<middle], digests[middle...]] {
                try Self.insertJob(stage, half, attempts: Self.mostAttempts - 1, in: database)
            }
        } else if let digest = digests.first {
            try giveUp(digest, stage, reason, what, attempts, version, in: database)
        }
        return true
    }

    /// Quarantines a content that cannot be worked on; one that only cannot be recognised has no text.
    private func giveUp(
        _ digest: ContentDigest, _ stage: String, _ reason: ReasonCode, _ what: String, _ attempts: Int, _ version: ParsingVersion, in database: Database
    ) throws {
        if let stage = Job.Stage(rawValue: stage) { try Self.forgetAttempts(stage, digest, in: database) }
        var failure = ParsingFailure(reason, "\(what) in stage \(stage), \(attempts) times")
        if stage == Job.Stage.recognise.rawValue, let fingerprint = version.recognition {
            failure.page = try Self.giveUpReading(digest, fingerprint, in: database)
            try record(failure, of: digest, stage: stage, attempts: attempts, in: database)
            return
        }
        try record(failure, of: digest, stage: stage, attempts: attempts, in: database)
        try database.execute(
            sql: "UPDATE content SET outcome = 'quarantined', fingerprint = ? WHERE digest = ?", arguments: [version.anyReader, digest.data])
        try Self.countChange(in: database)
    }

    /// When the last lease ends or ended; `nil` where no job is held.
    public func lastLease() throws -> Date? {
        try database.read { try Double.fetchOne($0, sql: "SELECT max(lease_until) FROM job WHERE state = 'leased'").map { Date(timeIntervalSince1970: $0) } }
    }

    /// The stage of the jobs that are left; `nil` when none is.
    public func currentStage() throws -> Job.Stage? {
        try database.read { database in
            try String.fetchOne(database, sql: "SELECT stage FROM job WHERE state IN ('waiting', 'leased') LIMIT 1").flatMap(Job.Stage.init(rawValue:))
        }
    }

    /// Removes jobs that nobody has begun; what they hold is planned again by the next run.
    public func dropWaiting() throws {
        try database.write { try $0.execute(sql: "DELETE FROM job WHERE state = 'waiting'") }
    }

    /// How far the queue is. Cost: three rows.
    public func jobCounts() throws -> JobCounts {
        try database.read { database in
            var counts = JobCounts()
            for row in try Row.fetchAll(database, sql: "SELECT * FROM job_total") {
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
