import Documents
import GRDB
import Foundation
import Glibc

/// The workspace's only mutable file: which files there are, what became of them, and which jobs are open.
///
/// SQLite in WAL mode: one writer at a time over all processes, readers beside it. Every method is one transaction.
public struct Catalog: Sendable {
    let database: DatabasePool

    /// Opens, and on first use makes, the catalog at `path`.
    public init(path: String) throws {
        try Self.refuseNetworkFileSystem(path)
        var configuration = Configuration()
        configuration.busyMode = .timeout(60)
        configuration.prepareDatabase { database in
            // Full: a committed job survives a power cut; the rate of commits is a few a second.
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // Workers may write nowhere but in the workspace.
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        database = try DatabasePool(path: path, configuration: configuration)
        try Self.migrator.migrate(database)
    }

    /// WAL needs shared memory, which network file systems only pretend to have.
    private static func refuseNetworkFileSystem(_ path: String) throws {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        guard let resolved = realpath(folder.isEmpty ? "/" : folder, nil) else { return }
        defer { free(resolved) }
        let place = String(cString: resolved) + "/"
        // "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw" (proc(5)); the last longest mount point holds the path.
        let mounts = try String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8).split(separator: "\n").compactMap { line -> (String, String)? in
            let halves = line.components(separatedBy: " - ")
            let (left, right) = (halves[0].split(separator: " "), halves.last?.split(separator: " ") ?? [])
            guard halves.count == 2, left.count > 4, let kind = right.first else { return nil }
            return (String(left[4]), String(kind))
        }
        let holding = mounts.filter { $0.0 == "/" || place.hasPrefix($0.0 + "/") }.max { $0.0.utf8.count < $1.0.utf8.count }
        if let kind = holding?.1, ["nfs", "nfs4", "cifs", "smb3", "9p"].contains(kind) || kind.hasPrefix("fuse") {
            throw CatalogError.networkFileSystem(path: path, kind: kind)
        }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(sql: schema)
        }
        return migrator
    }

    /// Digests are 32-byte blobs, paths are blobs, times are RFC 3339 in UTC.
    private static let schema = """
        CREATE TABLE root (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE);
        CREATE TABLE file (
            root INTEGER NOT NULL REFERENCES root(id), path BLOB NOT NULL, key TEXT NOT NULL,
            size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL, inode INTEGER NOT NULL,
            digest BLOB, state TEXT NOT NULL, message TEXT,
            PRIMARY KEY (root, path)) WITHOUT ROWID;
        CREATE INDEX file_digest ON file(digest);
        CREATE TABLE content (
            digest BLOB PRIMARY KEY, size INTEGER NOT NULL,
            fingerprint TEXT, outcome TEXT, pages INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        CREATE TABLE sheet (
            digest BLOB PRIMARY KEY, format TEXT NOT NULL, encoding TEXT NOT NULL, title TEXT NOT NULL,
            language TEXT, identifiers TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE fragment (
            digest BLOB NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, place TEXT NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (digest, number)) WITHOUT ROWID;
        CREATE TABLE figure (
            digest BLOB NOT NULL, number INTEGER NOT NULL, target TEXT NOT NULL, place TEXT NOT NULL,
            PRIMARY KEY (digest, number)) WITHOUT ROWID;
        CREATE TABLE page (
            digest BLOB NOT NULL, number INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
            orientation INTEGER NOT NULL, encoding TEXT NOT NULL, PRIMARY KEY (digest, number)) WITHOUT ROWID;
        CREATE TABLE failure (
            digest BLOB PRIMARY KEY, stage TEXT NOT NULL, page INTEGER, reason TEXT NOT NULL, message TEXT NOT NULL,
            attempts INTEGER NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE pair (
            sheet BLOB NOT NULL, image BLOB NOT NULL, page INTEGER, source TEXT NOT NULL, weight REAL NOT NULL);
        -- AUTOINCREMENT: a job number is never given twice, so that a token of a deleted job fits no later one.
        CREATE TABLE job (
            id INTEGER PRIMARY KEY AUTOINCREMENT, stage TEXT NOT NULL, digests BLOB NOT NULL, state TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0, token INTEGER NOT NULL DEFAULT 0, worker TEXT, lease_until REAL);
        CREATE INDEX job_state ON job(state, stage);
        """
}

/// Why the catalog cannot be used.
public enum CatalogError: Error, Equatable, Sendable, CustomStringConvertible {
    case networkFileSystem(path: String, kind: String)
    case damaged(String)

    /// Whether SQLite found no space to write.
    public static func isDiskFull(_ error: any Error) -> Bool {
        (error as? DatabaseError)?.resultCode == .SQLITE_FULL
    }

    /// Whether this user may not write the catalog; reading needs that too, for the lock beside it.
    public static func isReadOnly(_ error: any Error) -> Bool {
        guard let code = (error as? DatabaseError)?.resultCode else { return false }
        return code == .SQLITE_READONLY || code == .SQLITE_CANTOPEN
    }

    public var description: String {
        switch self {
        case .networkFileSystem(let path, let kind):
            "\(path) is on \(kind), where SQLite loses data; make the workspace on a local disk (the archive may stay on the share)"
        case .damaged(let words):
            "catalog.sqlite is damaged (\(words)); move it away and run again: everything in it is read anew from the archive"
        }
    }
}

extension ContentDigest {
    var data: Data { Data(bytes) }

    /// Reads a digest column; the schema admits nothing else.
    init(column: Data) {
        guard let digest = ContentDigest(bytes: column) else { preconditionFailure("a digest in the catalog has \(column.count) bytes") }
        self = digest
    }
}
