import Documents
import Indexing
import Queueing
import Storage
import SystemPackage

/// `shogo status`: what the workspace holds now.
public struct Status: Encodable, Sendable {
    /// How many files are in which state; they sum to every file that the last crawl saw.
    public var files: [String: Int]
    /// Digests in hex; `null` before the first.
    public var snapshot: String?, model: String?
    /// Rows of the snapshot: sheets and image pages.
    public var rows: Int
    /// Known pairs.
    public var pairs: Int
    public var roots: [String]
    /// Pages that are indexed although something is wrong with them; `shogo inspect` tells what.
    public var warnings: Int
    /// Mentions of files whose text belongs into a sheet, which was read without it; `shogo links --kind part` lists them.
    public var parts: Int

    public init(archive: OpenWorkspace) throws {
        let current = try archive.workspace.index.openCurrent()
        let account = try RunAccount(archive.catalog, before: [], now: current?.contents ?? [])
        files = [
            "indexed": account.indexed, "companions": account.companions, "pending": account.pending, "unsupported": account.unsupported,
            "quarantined": account.quarantined, "unreadable": account.unreadable, "ignored": account.ignored, "changing": account.changing,
        ]
        snapshot = current?.digest.hex
        model = try ModelFolder(workspace: archive.workspace).currentDigest()
        rows = current?.manifest.rows() ?? 0
        pairs = try archive.catalog.pairs().count
        warnings = try archive.catalog.warningCount()
        parts = try archive.catalog.parts().count
        roots = archive.configuration.roots.map { $0.raw.display }
    }

    private enum Key: String, CodingKey {
        case files, snapshot, model, rows, pairs, roots, warnings, parts
    }

    /// Every key is always there, `null` where there is nothing: scripts need not guess.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(files, forKey: .files)
        try container.encode(snapshot, forKey: .snapshot)
        try container.encode(model, forKey: .model)
        try container.encode(rows, forKey: .rows)
        try container.encode(pairs, forKey: .pairs)
        try container.encode(roots, forKey: .roots)
        try container.encode(warnings, forKey: .warnings)
        try container.encode(parts, forKey: .parts)
    }
}
