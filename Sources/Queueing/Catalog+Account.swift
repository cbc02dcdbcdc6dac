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
    /// The fate and content of every file.
    public func fates() throws -> [(location: FileLocation, digest: ContentDigest?, fate: FileFate)] {
        try database.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT f.root, f.path, f.digest, f.state, c.outcome FROM file f LEFT JOIN content c ON c.digest = f.digest
                    ORDER BY f.root, f.path
                    """
            ).map { row in
                let fate: FileFate =
                    switch ArchiveFile.State(rawValue: row["state"]) {
                    case .ignored: .ignored
                    case .unreadable: .unreadable
                    case .changing, nil: .changing
                    case .read:
                        switch row["outcome"] as String? {
                        case "image", "sheet": .document
                        case "companion": .companion
                        case "unsupported": .unsupported
                        case "quarantined": .quarantined
                        default: .pending
                        }
                    }
                return (
                    FileLocation(root: row["root"], path: RawPath(bytes: row["path"] as Data)),
                    (row["digest"] as Data?).map { ContentDigest(column: $0) }, fate
                )
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
