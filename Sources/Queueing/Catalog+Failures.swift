public import Documents
import Foundation
import GRDB

/// A file that is not indexed, and why.
public struct FailureRecord: Sendable {
    public var location: FileLocation
    public var stage: String
    public var page: Int?
    public var reason: ReasonCode
    public var message: String
    public var attempts: Int
    /// RFC 3339; empty for a file that could not be read at all, which is tried again on every crawl.
    public var firstSeen: String, lastSeen: String
}

/// Failures: files that are unsupported, quarantined or unreadable.
extension Catalog {
    /// One record per file, in the order of roots and paths.
    public func failures() throws -> [FailureRecord] {
        try database.read { database in
            let contents = try Row.fetchAll(
                database,
                // A failure that is to be tried again keeps its row, for the attempts, but is none until it fails again.
                sql: """
                    SELECT f.root, f.path, x.* FROM failure x JOIN file f ON f.digest = x.digest
                    JOIN content c ON c.digest = x.digest WHERE c.outcome IN ('unsupported', 'quarantined')
                    """
            ).map { row in
                FailureRecord(
                    location: FileLocation(root: row["root"], path: RawPath(bytes: row["path"] as Data)), stage: row["stage"],
                    page: row["page"], reason: ReasonCode(rawValue: row["reason"]) ?? .damaged, message: row["message"],
                    attempts: row["attempts"], firstSeen: row["first_seen"], lastSeen: row["last_seen"])
            }
            let unreadable = try Row.fetchAll(database, sql: "SELECT root, path, message FROM file WHERE state = 'unreadable'").map { row in
                FailureRecord(
                    location: FileLocation(root: row["root"], path: RawPath(bytes: row["path"] as Data)), stage: "crawl", page: nil,
                    reason: .unreadable, message: row["message"] ?? "", attempts: 1, firstSeen: "", lastSeen: "")
            }
            return (contents + unreadable).sorted { $0.location < $1.location }
        }
    }

    /// Forgets failures, so that the next run parses those contents again; answers how many contents.
    ///
    /// `reason` and `path` (a prefix of the path below its root) narrow it down.
    public func retryFailures(reason: ReasonCode?, path: RawPath?, dryRun: Bool = false) throws -> Int {
        let chosen = try failures().filter { failure in
            (reason == nil || failure.reason == reason) && failure.location.path.bytes.starts(with: path?.bytes ?? [])
        }
        let locations = try chosen.map(\.location).filter { try content(at: $0) != nil }
        guard !dryRun else { return Set(try locations.compactMap { try content(at: $0) }).count }
        return try database.write { database in
            var count = 0
            for location in locations {
                try database.execute(
                    sql: """
                        UPDATE content SET fingerprint = NULL, outcome = NULL WHERE fingerprint IS NOT NULL
                        AND digest = (SELECT digest FROM file WHERE root = ? AND path = ?)
                        """, arguments: [location.root, Data(location.path.bytes)])
                count += database.changesCount
            }
            return count
        }
    }

    private func content(at location: FileLocation) throws -> Data? {
        try database.read { database in
            try Data.fetchOne(
                database, sql: "SELECT digest FROM file WHERE root = ? AND path = ?", arguments: [location.root, Data(location.path.bytes)])
        }
    }

    /// A document that a later stage could not use is quarantined after all.
    public func quarantine(_ digest: ContentDigest, stage: String, _ failure: ParsingFailure) throws {
        try database.write { database in
            let outcome = try record(failure, of: digest, stage: stage, in: database)
            try database.execute(sql: "UPDATE content SET outcome = ? WHERE digest = ?", arguments: [outcome, digest.data])
        }
    }
}
