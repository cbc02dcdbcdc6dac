public import Documents
import Foundation
import GRDB

/// Which contents have descriptors and codes on disk, as their folders told when they were last listed.
extension Catalog {
    /// The two kinds of files that are made of each content; the raw value is the column.
    public enum Numbers: String, Sendable {
        case described, encoded
    }

    /// One folder of such files, by the first byte of the digests in it.
    public struct Listing: Sendable {
        public var folder: String
        /// When it last changed, in nanoseconds, as far as that tells it from any later change.
        public var modified: Int64
        public var firstByte: UInt8
        public var present: Set<ContentDigest>

        public init(folder: String, modified: Int64, firstByte: UInt8, present: Set<ContentDigest>) {
            self.folder = folder
            self.modified = modified
            self.firstByte = firstByte
            self.present = present
        }
    }

    /// When the folders directly below `parent` had last changed as they were listed.
    public func listingTimes(below parent: String) throws -> [String: Int64] {
        try database.read { database in
            // '0' follows '/' in the order of bytes.
            let rows = try Row.fetchAll(database, sql: "SELECT * FROM listing WHERE folder > ? AND folder < ?", arguments: [parent + "/", parent + "0"])
            return Dictionary(uniqueKeysWithValues: rows.map { ($0["folder"], $0["modified"]) })
        }
    }

    /// Takes over what folders hold: files made by `mark`, an extractor or a model.
    public func note(_ listings: [Listing], of numbers: Numbers, by mark: String) throws {
        guard !listings.isEmpty else { return }
        try database.write { database in
            let maker = try database.makeStatement(sql: "SELECT \(numbers.rawValue) FROM content WHERE digest = ?")
            let set = try database.makeStatement(sql: "UPDATE content SET \(numbers.rawValue) = ? WHERE digest = ?")
            var hasChanged = false
            var others: Set<String> = []
            for listing in listings {
                let first = Data([listing.firstByte])
                var sql = "SELECT digest FROM content WHERE \(numbers.rawValue) = ? AND digest >= ?"
                var arguments: StatementArguments = [mark, first]
                if listing.firstByte < .max {
                    sql += " AND digest < ?"
                    arguments += [Data([listing.firstByte + 1])]
                }
                let known = Set(try Data.fetchAll(database, sql: sql, arguments: arguments).map { ContentDigest(column: $0) })
                // A content that a later crawl meets would be thought to have no file.
                var isKnown = true
                for digest in known.subtracting(listing.present) {
                    try set.execute(arguments: [nil, digest.data])
                    hasChanged = true
                }
                for digest in listing.present.subtracting(known) {
                    guard let content = try Row.fetchOne(maker, arguments: [digest.data]) else {
                        isKnown = false
                        continue
                    }
                    if let other = content[0] as String? { others.insert(other) }
                    try set.execute(arguments: [mark, digest.data])
                    hasChanged = true
                }
                try database.execute(
                    sql: "INSERT INTO listing VALUES (?, ?, ?) ON CONFLICT (folder) DO UPDATE SET modified = excluded.modified",
                    arguments: [listing.folder, mark, isKnown ? listing.modified : -1])
            }
            // There is one mark for each content: what was noted of those who made its numbers before is to be noted anew when they are back.
            for other in others { try database.execute(sql: "DELETE FROM listing WHERE maker = ?", arguments: [other]) }
            if hasChanged { try Self.countChange(of: numbers == .described ? .described : .encoded, in: database) }
        }
    }

    /// Forgets what was noted of other makers than these: their folders are gone.
    public func forgetListings(except makers: [String]) throws {
        let kept = databaseQuestionMarks(count: makers.count)
        try database.write { try $0.execute(sql: "DELETE FROM listing WHERE maker NOT IN (\(kept))", arguments: StatementArguments(makers)) }
    }

    /// Documents of a modality in the archive that `mark` has made numbers of, in digest order, with their page counts.
    public func documents(_ modality: Modality, _ numbers: Numbers, by mark: String) throws -> [(digest: ContentDigest, pages: Int)] {
        try database.read { database in
            try Row.fetchAll(
                database, sql: "SELECT digest, pages FROM content WHERE outcome = ? AND gone IS NULL AND \(numbers.rawValue) = ? ORDER BY digest",
                arguments: [modality.rawValue, mark]
            ).map { (ContentDigest(column: $0[0]), $0[1]) }
        }
    }

    /// Documents of a modality in the archive that have no descriptors by `extractor`, and that these can be made of: images need a readable
    /// file, sheets are in the catalog. Cost: what there is to do, not the archive.
    public func documents(_ modality: Modality, notDescribedBy extractor: String) throws -> [ContentDigest] {
        try lacking(.described, extractor, "outcome = ? AND gone IS NULL" + (modality == .image ? " AND " + Self.isReadable : ""), [modality.rawValue])
    }

    /// Those that are described by `extractor` and have no codes of `model`.
    public func documents(_ modality: Modality, describedBy extractor: String, notEncodedBy model: String) throws -> [ContentDigest] {
        try lacking(.encoded, model, "outcome = ? AND gone IS NULL AND +described = ?", [modality.rawValue, extractor])
    }

    /// Three searches in an index, where "is not" would look at every row.
    private func lacking(_ numbers: Numbers, _ mark: String, _ condition: String, _ arguments: StatementArguments) throws -> [ContentDigest] {
        try database.read { database in
            try [("IS NULL", [] as StatementArguments), ("< ?", [mark]), ("> ?", [mark])].flatMap { comparison, bound in
                try Data.fetchAll(
                    database, sql: "SELECT digest FROM content WHERE \(condition) AND \(numbers.rawValue) \(comparison)", arguments: arguments + bound
                ).map { ContentDigest(column: $0) }
            }.sorted()
        }
    }
}
