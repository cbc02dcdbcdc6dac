public import Documents
import Foundation
import GRDB

/// Roots and files: what crawls record.
extension Catalog {
    /// The number of the root at `path`, registered when it is new.
    public func root(_ path: RawPath) throws -> Int64 {
        try database.write { database in
            if let id = try Int64.fetchOne(database, sql: "SELECT id FROM root WHERE path = ?", arguments: [Data(path.bytes)]) {
                return id
            }
            try database.execute(sql: "INSERT INTO root (path) VALUES (?)", arguments: [Data(path.bytes)])
            return database.lastInsertedRowID
        }
    }

    /// All roots ever registered, by number.
    public func roots() throws -> [Int64: RawPath] {
        try database.read { database in
            let rows = try Row.fetchAll(database, sql: "SELECT id, path FROM root")
            return Dictionary(uniqueKeysWithValues: rows.map { ($0["id"], RawPath(bytes: $0["path"] as Data)) })
        }
    }

    /// Every file of a root as the last crawl left it.
    public func files(root: Int64) throws -> [ArchiveFile] {
        try database.read { database in
            var files: [ArchiveFile] = []
            let rows = try Row.fetchCursor(database, sql: "SELECT \(Self.fileColumns) FROM file WHERE root = ? ORDER BY path", arguments: [root])
            while let row = try rows.next() { files.append(Self.file(row)) }
            return files
        }
    }

    /// Records a crawl: rows to insert or replace, and paths that are gone. Nothing or all of it. A stamp alone is no change of the archive.
    public func recordCrawl(root: Int64, found: [ArchiveFile], gone: [RawPath]) throws {
        try database.write { database in
            let insertFile = try database.makeStatement(
                sql: """
                    INSERT INTO file (root, path, key, size, modified, changed, inode, digest, state, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (root, path) DO UPDATE SET size = excluded.size, modified = excluded.modified, changed = excluded.changed,
                    inode = excluded.inode, digest = excluded.digest, state = excluded.state, message = excluded.message
                    """)
            let isAsBefore = try database.makeStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM file WHERE root = ? AND path = ? AND digest IS ? AND state = ? AND message IS ?)")
            var hasChanged = !gone.isEmpty
            for file in found {
                if !hasChanged {
                    let row: StatementArguments = [root, Data(file.path.bytes), file.digest?.data, file.state.rawValue, file.message]
                    hasChanged = try !(Bool.fetchOne(isAsBefore, arguments: row) ?? false)
                }
                try insertFile.execute(arguments: [
                    root, Data(file.path.bytes), file.path.key, file.stamp.size, file.stamp.modified, file.stamp.changed,
                    Int64(bitPattern: file.stamp.inode), file.digest?.data, file.state.rawValue, file.message,
                ])
            }
            let delete = try database.makeStatement(sql: "DELETE FROM file WHERE root = ? AND path = ?")
            for path in gone { try delete.execute(arguments: [root, Data(path.bytes)]) }
            if hasChanged { try Self.countChange(in: database) }
            try database.execute(sql: "DELETE FROM crawled WHERE root = ?", arguments: [root])
        }
    }

    /// Files that crawls of a root have read which were stopped before they could be recorded.
    public func stagedFiles(root: Int64) throws -> [ArchiveFile] {
        try database.read { database in
            try Row.fetchAll(database, sql: "SELECT path, size, modified, changed, inode, digest, 'read', NULL FROM crawled WHERE root = ?", arguments: [root]).map(Self.file)
        }
    }

    /// Keeps what a crawl has read so far, until it is recorded.
    public func stage(_ files: [ArchiveFile], root: Int64) throws {
        try database.write { database in
            let insert = try database.makeStatement(sql: "INSERT OR REPLACE INTO crawled VALUES (?, ?, ?, ?, ?, ?, ?)")
            for file in files {
                try insert.execute(arguments: [
                    root, Data(file.path.bytes), file.stamp.size, file.stamp.modified, file.stamp.changed, Int64(bitPattern: file.stamp.inode), file.digest?.data,
                ])
            }
        }
    }

    /// A file turned out to differ from what the crawl read: it waits for the next crawl, and what is known of it stays meanwhile.
    public func markChanging(_ location: FileLocation) throws {
        // No file has that size: the next crawl reads it.
        try mark(location, "state = 'changing', message = NULL, size = -1", [])
    }

    /// A file could not be read after all; what is known of it stays, and every crawl tries it again.
    public func markUnreadable(_ location: FileLocation, _ message: String) throws {
        try mark(location, "state = 'unreadable', message = ?", [message])
    }

    private func mark(_ location: FileLocation, _ assignments: String, _ arguments: [any DatabaseValueConvertible]) throws {
        try database.write { database in
            try database.execute(
                sql: "UPDATE file SET \(assignments) WHERE root = ? AND path = ?",
                arguments: StatementArguments(arguments) + [location.root, Data(location.path.bytes)])
            try Self.countChange(in: database)
        }
    }

    /// Every path whose content was read, by content; paths in the order of roots and bytes.
    public func locations() throws -> [ContentDigest: [FileLocation]] {
        try database.read { database in
            var locations: [ContentDigest: [FileLocation]] = [:]
            let rows = try Row.fetchCursor(database, sql: "SELECT digest, root, path FROM file WHERE digest IS NOT NULL ORDER BY root, path")
            while let row = try rows.next() {
                locations[ContentDigest(column: row[0]), default: []].append(FileLocation(root: row[1], path: RawPath(bytes: row[2] as Data)))
            }
            return locations
        }
    }

    /// The paths of one content, in the order of roots and bytes.
    public func locations(of digest: ContentDigest) throws -> [FileLocation] {
        try database.read { database in
            try Row.fetchAll(database, sql: "SELECT root, path FROM file WHERE digest = ? ORDER BY root, path", arguments: [digest.data])
                .map { FileLocation(root: $0["root"], path: RawPath(bytes: $0["path"] as Data)) }
        }
    }

    /// The paths under which a content can be read today, in the order of roots and bytes, as the crawl and workers of this run found.
    public func readableLocations(of digest: ContentDigest) throws -> [FileLocation] {
        try database.read { database in
            try Row.fetchAll(database, sql: "SELECT root, path FROM file WHERE digest = ? AND state = 'read' ORDER BY root, path", arguments: [digest.data])
                .map { FileLocation(root: $0["root"], path: RawPath(bytes: $0["path"] as Data)) }
        }
    }

    private static let fileColumns = "path, size, modified, changed, inode, digest, state, message"

    /// Takes columns by their place: a name would be looked up in each of a hundred thousand rows.
    private static func file(_ row: Row) -> ArchiveFile {
        ArchiveFile(
            path: RawPath(bytes: row[0] as Data), stamp: FileStamp(size: row[1], modified: row[2], changed: row[3], inode: UInt64(bitPattern: row[4] as Int64)),
            digest: (row[5] as Data?).map { ContentDigest(column: $0) }, state: ArchiveFile.State(rawValue: row[6]) ?? .changing, message: row[7])
    }
}

extension RawPath {
    /// The path in Unicode normal form C, for comparing names that people would call equal; bytes that are not UTF-8 are escaped.
    public var key: String {
        let text = display
        return text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
    }
}
