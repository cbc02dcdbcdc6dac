public import Documents
import Foundation
import GRDB

/// A file that is not indexed, and why.
public struct FailureRecord: Sendable {
    public var location: FileLocation
    /// `nil` for a file that could not be read at all.
    public var digest: ContentDigest?
    public var stage: String
    public var page: Int?
    public var reason: ReasonCode
    public var message: String
    public var attempts: Int
    /// RFC 3339; empty for a file that could not be read at all, which is tried again on every crawl.
    public var firstSeen: String, lastSeen: String
}

/// Failures: files that are unsupported, quarantined or unreadable, and images with a page that stopped its reading.
extension Catalog {
    /// One record per file, in the order of roots and paths.
    public func failures() throws -> [FailureRecord] {
        try database.read { database in
            let contents = try Row.fetchAll(
                database,
                // A failure that is to be tried again keeps its row, for the attempts, but is none until it fails again.
                sql: """
                    SELECT f.root, f.path, x.* FROM failure x JOIN file f ON f.digest = x.digest AND f.state = 'read'
                    JOIN content c ON c.digest = x.digest WHERE (c.outcome IN ('unsupported', 'quarantined') OR x.stage = 'recognise')
                    """
            ).map { row in
                FailureRecord(
                    location: FileLocation(root: row["root"], path: RawPath(bytes: row["path"] as Data)),
                    digest: ContentDigest(column: row["digest"]), stage: row["stage"], page: row["page"],
                    reason: ReasonCode(rawValue: row["reason"]) ?? .damaged, message: row["message"], attempts: row["attempts"],
                    firstSeen: row["first_seen"], lastSeen: row["last_seen"])
            }
            let unreadable = try Row.fetchAll(database, sql: "SELECT root, path, message FROM file WHERE state = 'unreadable'").map { row in
                FailureRecord(
                    location: FileLocation(root: row["root"], path: RawPath(bytes: row["path"] as Data)), digest: nil, stage: "crawl", page: nil,
                    reason: .unreadable, message: row["message"] ?? "", attempts: 1, firstSeen: "", lastSeen: "")
            }
            return (contents + unreadable).sorted { $0.location < $1.location }
        }
    }

    /// Forgets failures, so that the next run parses those contents again; answers how many contents.
    ///
    /// `reason` and `path` (a prefix of the path below its root, as it is shown) narrow it down. Files that no crawl could
    /// read have no content; every crawl tries them again.
    public func retryFailures(reason: ReasonCode?, path: String?, dryRun: Bool = false) throws -> Int {
        let chosen = try failures().filter { failure in
            (reason == nil || failure.reason == reason) && failure.location.path.display.utf8.starts(with: (path ?? "").utf8)
        }
        let digests = Set(chosen.compactMap(\.digest))
        let unread = Set(chosen.filter { $0.stage == Job.Stage.recognise.rawValue }.compactMap(\.digest))
        guard !dryRun else { return digests.count }
        try database.write { database in
            let forget = try database.makeStatement(sql: "UPDATE content SET fingerprint = NULL, outcome = NULL WHERE digest = ?")
            for digest in digests.subtracting(unread) { try forget.execute(arguments: [digest.data]) }
            for digest in unread {
                try database.execute(sql: "DELETE FROM page_text WHERE digest = ? AND source IS NULL", arguments: [digest.data])
                try database.execute(sql: "DELETE FROM failure WHERE digest = ?", arguments: [digest.data])
            }
            try Self.countChange(in: database)
        }
        return digests.count
    }
}
