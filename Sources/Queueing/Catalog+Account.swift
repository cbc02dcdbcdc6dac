public import Documents
import Foundation
import GRDB

/// What became of each file that the last crawls saw.
public enum FileFate: String, CaseIterable, Sendable {
    /// Its content is a sheet or images.
    case document
    /// Its content tells about other files.
    case companion
    /// Its content waits for a run.
    case pending
    case unsupported, quarantined
    /// It cannot be read today; what was known of it stays.
    case unreadable
    case ignored, changing
}

/// The account: every file has exactly one fate.
extension Catalog {
    /// Tells the fate and the content of every file, in no order.
    public func countFates(_ count: (FileFate, ContentDigest?) -> Void) throws {
        try database.read { database in
            let rows = try Row.fetchCursor(database, sql: "SELECT f.digest, f.state, c.outcome FROM file f LEFT JOIN content c ON c.digest = f.digest")
            while let row = try rows.next() { count(Self.fate(row[1], outcome: row[2]), (row[0] as Data?).map { ContentDigest(column: $0) }) }
        }
    }

    static func fate(_ state: String, outcome: String?) -> FileFate {
        switch ArchiveFile.State(rawValue: state) {
        case .ignored: .ignored
        case .unreadable: .unreadable
        case .changing, nil: .changing
        case .read:
            switch outcome {
            case "image", "sheet": .document
            case "companion": .companion
            case "unsupported": .unsupported
            case "quarantined": .quarantined
            default: .pending
            }
        }
    }
}

extension Catalog {
    /// Throws when SQLite finds its file damaged.
    public func check() throws {
        let answer = try database.read { try String.fetchAll($0, sql: "PRAGMA quick_check") }
        guard answer == ["ok"] else { throw CatalogError.damaged(answer.prefix(3).joined(separator: "; ")) }
    }
}
