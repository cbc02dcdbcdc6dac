public import Documents
public import FoundationEssentials
public import LinearAlgebra
public import Storage
public import SystemPackage

/// The `index` folder of a workspace: shards, snapshots, and `CURRENT`, which names the published one.
///
/// Publication is one atomic rename of `CURRENT`; readers see the old snapshot or the new one. One writer at a time
/// (the caller holds the workspace lock), any number of readers.
public struct IndexFolder: Sendable {
    public let path: FilePath
    /// Older snapshots that stay readable on disk beside the published one.
    public static let keptSnapshots = 3

    public init(path: FilePath) {
        self.path = path
    }

    private var shardFolder: FilePath { path.appending("shards") }
    private var snapshotFolder: FilePath { path.appending("snapshots") }
    private var currentFile: FilePath { path.appending("CURRENT") }

    /// The digest of the published snapshot, or `nil` before the first.
    public func currentDigest() throws(StorageError) -> ContentDigest? {
        let bytes: [UInt8]
        do throws(StorageError) {
            bytes = try WholeFile.read(currentFile, limit: 1_024)
        } catch .system(_, _, .noSuchFileOrDirectory) {
            return nil
        }
        guard let digest = ContentDigest(hex: String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)) else {
            throw .malformed(path: currentFile, why: "it does not name a snapshot")
        }
        return digest
    }

    /// Opens the published snapshot, or `nil` before the first.
    public func openCurrent() throws(StorageError) -> Snapshot? {
        guard let digest = try currentDigest() else { return nil }
        do throws(StorageError) {
            return try open(digest)
        } catch .system(_, _, .noSuchFileOrDirectory) {
            // A publish may have swept it between the two reads: then CURRENT names another one by now.
            let next = try currentDigest() ?? digest
            do throws(StorageError) { return try open(next) } catch { throw error.named(by: currentFile) }
        }
    }

    /// The published snapshot when all its files are whole enough to open; else `nil`, and `remark` hears why.
    ///
    /// For writers, who can publish it anew: readers should say that it is damaged.
    public func openUsable(remark: (String) -> Void) throws(StorageError) -> Snapshot? {
        do throws(StorageError) {
            return try openCurrent()
        } catch {
            guard error.isDamage || error.isMissing else { throw error }
            remark("the published snapshot cannot be used and is made anew: \(error)")
            return nil
        }
    }

    private func open(_ digest: ContentDigest) throws(StorageError) -> Snapshot {
        let manifestPath = manifestPath(digest)
        let manifest = try SnapshotManifest(contentsOf: manifestPath)
        guard manifest.digest == digest else {
            throw .checksumMismatch(path: manifestPath, tensor: "manifest")
        }
        return try Snapshot(digest: digest, manifest: manifest, shardFolder: shardFolder)
    }

    private func manifestPath(_ digest: ContentDigest) -> FilePath {
        snapshotFolder.appending(digest.hex).appending("manifest.json")
    }

    /// Writes the shards that are not there yet, then the manifest, then makes it current.
    ///
    /// `contents` per modality in digest order, with page counts; `codes` answers F16[pages, d] for one content. Where scores are to be
    /// corrected, `similarities` answers from the shards of each modality what by.
    public func publish(
        model: String, dimension: Int, score: BlockScore? = nil, contents: [Modality: [(digest: ContentDigest, pages: Int)]],
        codes: (ContentDigest, Int) throws -> Tensor,
        similarities: ((_ images: [Shard], _ sheets: [Shard]) throws -> NeighbourSimilarities)? = nil
    ) throws -> SnapshotManifest {
        try AtomicFile.createDirectory(shardFolder)
        var entries: [SnapshotManifest.ShardEntry] = []
        for modality in Modality.allCases {
            try SnapshotBuilder(model: model).build(modality, contents: contents[modality] ?? [], codes: codes) { shard in
                let (name, sha256) = try write(shard.encoded(), named: modality.rawValue)
                entries.append(.init(name: name, modality: modality, rows: shard.items.count, sha256: sha256))
            }
        }
        var similarityEntry: SnapshotManifest.SimilarityEntry?
        if let similarities {
            func shards(_ modality: Modality) throws -> [Shard] {
                try entries.filter { $0.modality == modality }.map { try Shard(contentsOf: shardFolder.appending($0.name)) }
            }
            let found = try similarities(shards(.image), shards(.sheet))
            let (name, sha256) = try write(found.encoded(model: model), named: "neighbours")
            similarityEntry = .init(name: name, neighbours: found.neighbours, sha256: sha256)
        }
        let manifest = SnapshotManifest(model: model, dimension: dimension, shards: entries, similarities: similarityEntry, score: score)
        let digest = manifest.digest
        // A damaged or deleted CURRENT or manifest is made anew.
        if (try? currentDigest()) != digest || (try? SnapshotManifest(contentsOf: manifestPath(digest))) != manifest {
            try AtomicFile.createDirectory(snapshotFolder.appending(digest.hex))
            try AtomicFile.write(manifest.encoded(), to: manifestPath(digest))
            try AtomicFile.syncDirectory(snapshotFolder)
            try AtomicFile.write(Array((digest.hex + "\n").utf8), to: currentFile)
        }
        try sweep(current: manifest)
        return manifest
    }

    /// Writes a file among the shards, unless it is there; answers its name and SHA-256.
    private func write(_ bytes: [UInt8], named kind: String) throws -> (name: String, sha256: String) {
        let digest = ContentDigest.sha256(of: bytes).hex
        let name = "\(kind)-\(digest.prefix(32)).safetensors"
        // A name is made from the bytes: a file of that name that verifies is this one.
        if (try? Self.digest(of: shardFolder.appending(name))) != digest { try AtomicFile.write(bytes, to: shardFolder.appending(name)) }
        return (name, digest)
    }

    /// Removes snapshots that were superseded before `date`, and shards that no other names: what they hold is to be forgotten.
    public func forget(before date: Date) throws {
        guard let digest = try currentDigest() else { return }
        try sweep(current: SnapshotManifest(contentsOf: manifestPath(digest)), before: date)
    }

    /// Removes old snapshots beyond `keptSnapshots`, or last changed before `date`, and shards that no snapshot names. Mapped files stay readable.
    private func sweep(current: SnapshotManifest, before date: Date = .distantPast) throws {
        let folder = try OpenFolder(path.removingLastComponent(), below: FilePath(root: nil, path.components.suffix(1)))
        let snapshotFolder = try folder.folder("snapshots")
        let shardFolder = try folder.folder("shards")
        let currentName = current.digest.hex
        let snapshots = try snapshotFolder.names()
            .filter { $0.string != currentName }
            .map { (name: $0, modified: try snapshotFolder.modified($0)) }
            .sorted { ($0.modified, $0.name.string) > ($1.modified, $1.name.string) }
        let kept = snapshots.prefix(Self.keptSnapshots).filter { Double($0.modified) / 1e9 >= date.timeIntervalSince1970 }
        for old in snapshots.dropFirst(kept.count) { try snapshotFolder.remove(old.name) }
        var named = Set(current.fileNames)
        for name in kept.map(\.name.string) {
            // A snapshot whose publication was interrupted, or whose manifest is damaged, cannot be opened and names nothing.
            guard let digest = ContentDigest(hex: name), let manifest = try? SnapshotManifest(contentsOf: manifestPath(digest)) else { continue }
            named.formUnion(manifest.fileNames)
        }
        for name in try shardFolder.names() where !named.contains(name.string) { try shardFolder.remove(name) }
    }

    // MARK: Verification

    /// Reads every byte of the published snapshot; answers how many files were checked, throws at the first defect.
    public func verify() throws(StorageError) -> Int {
        guard let snapshot = try openCurrent() else { return 0 }
        for entry in snapshot.manifest.shards {
            try verifyShard(shardFolder.appending(entry.name), sha256: entry.sha256)
        }
        // Opening checked the similarities against themselves, but not that they are these.
        if let entry = snapshot.manifest.similarities, try Self.digest(of: shardFolder.appending(entry.name)) != entry.sha256 {
            throw .checksumMismatch(path: shardFolder.appending(entry.name), tensor: "header")
        }
        return snapshot.manifest.fileNames.count + 2
    }

    private func verifyShard(_ path: FilePath, sha256: String) throws(StorageError) {
        guard try Self.digest(of: path) == sha256 else {
            // The file differs from the one published; its own checksums tell which part.
            try Shard(contentsOf: path).verify()
            throw .checksumMismatch(path: path, tensor: "header")
        }
    }

    private static func digest(of path: FilePath) throws(StorageError) -> String {
        let bytes = try MappedBytes(path: path)
        var builder = DigestBuilder()
        bytes.withBytes { builder.append($0) }
        try bytes.checkRead()
        return builder.finalize().hex
    }
}
