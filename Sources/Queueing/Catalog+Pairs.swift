public import Documents
import Foundation
import GRDB

/// Pairs: which sheet and image are known to belong together.
extension Catalog {
    /// Replaces all pairs; the same ones are no change.
    public func setPairs(_ pairs: [Pair]) throws {
        guard try pairs != self.pairs() else { return }
        try database.write { database in
            try Self.countChange(of: .pairs, in: database)
            try database.execute(sql: "DELETE FROM pair")
            for pair in pairs {
                try database.execute(
                    sql: "INSERT INTO pair VALUES (?, ?, ?, ?, ?)",
                    arguments: [pair.sheet.data, pair.image.data, pair.page, pair.source.rawValue, Double(pair.weight)])
            }
        }
    }

    /// All pairs whose two contents are in the archive, in the order they were set.
    public func pairs() throws -> [Pair] {
        try database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM pair WHERE EXISTS (SELECT 1 FROM file WHERE file.digest = pair.sheet)
                    AND EXISTS (SELECT 1 FROM file WHERE file.digest = pair.image) ORDER BY rowid
                    """
            ).compactMap { row in
                Pair.Source(rawValue: row["source"]).map { source in
                    Pair(
                        sheet: ContentDigest(column: row["sheet"]), image: ContentDigest(column: row["image"]), page: row["page"],
                        source: source, weight: Float(row["weight"] as Double))
                }
            }
        }
    }
}
