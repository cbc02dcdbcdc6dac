import Documents
import GRDB
import Foundation
import Glibc

/// The workspace's only mutable file: which files there are, what became of them, and which jobs are open.
///
/// SQLite in WAL mode: one writer at a time over all processes, readers beside it. Every method is one transaction.
public struct Catalog: Sendable {
    let database: PatientDatabase

    /// Opens, and on first use makes, the catalog at `path`; `patience` is how many seconds a transaction waits for others.
    public init(path: String, patience: Double = 600) throws {
        try self.init(path: path, patience: patience, listening: nil)
    }

    /// `listening` hears the text of every statement.
    init(path: String, patience: Double = 600, listening: (@Sendable (String) -> Void)?) throws {
        try Self.refuseNetworkFileSystem(path)
        var configuration = Configuration()
        configuration.busyMode = .timeout(min(patience, 60))
        configuration.prepareDatabase { database in
            if let listening {
                database.trace { event in
                    if case .statement(let statement) = event { listening(statement.sql) }
                }
            }
            // Full: a committed job survives a power cut; the rate of commits is a few a second.
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // Workers may write nowhere but in the workspace.
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        let pool = try DatabasePool(path: path, configuration: configuration)
        database = PatientDatabase(pool: pool, patience: patience)
        let (isLater, isCurrent) = try database.read { (try Self.migrator.hasBeenSuperseded($0), try Self.migrator.hasCompletedMigrations($0)) }
        guard !isLater else { throw CatalogError.later(path: path) }
        guard !isCurrent else { return }
        try database.patiently { try Self.migrator.migrate(pool) }
    }

    /// WAL needs shared memory, which network file systems only pretend to have.
    private static func refuseNetworkFileSystem(_ path: String) throws {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        guard let resolved = realpath(folder.isEmpty ? "/" : folder, nil) else { return }
        defer { free(resolved) }
        let mounts = try Data(contentsOf: URL(filePath: "/proc/self/mountinfo"))
        let kind = MountTable.kind(holding: UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)).map(\.self), in: Array(mounts))
        if let kind, ["nfs", "nfs4", "cifs", "smb3", "9p"].contains(kind) || kind.hasPrefix("fuse") {
            throw CatalogError.networkFileSystem(path: path, kind: kind)
        }
    }
}

/// Why the catalog cannot be used.
public enum CatalogError: Error, Equatable, Sendable, CustomStringConvertible {
    case networkFileSystem(path: String, kind: String)
    case damaged(String)
    /// A later version of Shogo wrote it.
    case later(path: String)
    /// Another process kept it locked for longer than anybody should wait.
    case busy(seconds: Int)

    /// The damage that SQLite found, if that is what the error tells.
    public init?(damage error: any Error) {
        guard let error = error as? DatabaseError, [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) else { return nil }
        self = .damaged(error.message ?? "\(error.resultCode)")
    }

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
        case .later(let path):
            "\(path) was written by a later version of Shogo; run that version, or make another workspace with this one. Nothing was changed"
        case .busy(let seconds):
            "another process has kept the catalog locked for \(seconds) s; look for a program that has catalog.sqlite open, and run again, nothing is lost"
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
