public import Documents
import Foundation
import GRDB

/// What is known of contents that no file has any more goes for good.
extension Catalog {
    /// Contents whose last file went at least so many days ago, in digest order.
    public func contentsGone(days: Int) throws -> [ContentDigest] {
        try database.read { database in
            try Data.fetchAll(
                database, sql: "SELECT digest FROM content WHERE gone IS NOT NULL AND gone <= unixepoch() - ? ORDER BY digest", arguments: [days * 86_400]
            ).map { ContentDigest(column: $0) }
        }
    }

    /// Forgets these contents unless a file has them again: every row about them is overwritten in the catalog's file, and in its log.
    public func forget(_ digests: [ContentDigest]) throws {
        try database.write { database in
            // Of this connection only, which is the one that writes; what other transactions delete is nothing to be forgotten.
            try database.execute(sql: "PRAGMA secure_delete = ON")
            for digest in digests {
                guard try Bool.fetchOne(database, sql: "SELECT gone IS NOT NULL FROM content WHERE digest = ?", arguments: [digest.data]) ?? false else { continue }
                for table in Self.tablesOfContents {
                    try database.execute(sql: "DELETE FROM \(table) WHERE digest = ?", arguments: [digest.data])
                }
                try database.execute(sql: "DELETE FROM page_text WHERE source = ?", arguments: [digest.data])
                try database.execute(sql: "DELETE FROM pair WHERE sheet = ?", arguments: [digest.data])
                try database.execute(sql: "DELETE FROM pair WHERE image = ?", arguments: [digest.data])
                for stage in Job.Stage.allCases {
                    try database.execute(sql: "DELETE FROM attempt WHERE stage = ? AND digest = ?", arguments: [stage.rawValue, digest.data])
                }
                try database.execute(sql: "DELETE FROM content WHERE digest = ?", arguments: [digest.data])
            }
        }
        // Readers beside this one may hold the log; then the next forgetting empties it.
        _ = try? database.pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    }

    /// Every table whose rows say what a content holds, by its digest.
    static let tablesOfContents = [
        "sheet", "fragment", "figure", "page", "anchor", "companion", "transcript", "listed", "key_definition", "page_text", "failure", "encoding_evidence",
    ]
}
