public import Documents
import LinearAlgebra
import Storage
import SystemPackage

/// A published snapshot, opened for reading: a named set of shards and one model.
///
/// It stays readable as long as this value lives, whatever is published or swept meanwhile: its shards are mapped.
public struct Snapshot: Sendable {
    public let digest: ContentDigest
    public let manifest: SnapshotManifest
    private let shards: [Shard]

    init(digest: ContentDigest, manifest: SnapshotManifest, shardFolder: FilePath) throws(StorageError) {
        self.digest = digest
        self.manifest = manifest
        var shards: [Shard] = []
        for entry in manifest.shards {
            let path = shardFolder.appending(entry.name)
            let shard = try Shard(contentsOf: path)
            guard shard.model == manifest.model, shard.modality == entry.modality, shard.items.count == entry.rows,
                shard.dimension == manifest.dimension
            else {
                throw .malformed(path: path, why: "it is not the shard that the snapshot names (model, modality, rows or dimension differ)")
            }
            shards.append(shard)
        }
        if let entry = manifest.similarities {
            let similarities = try NeighbourSimilarities(
                contentsOf: shardFolder.appending(entry.name), model: manifest.model, neighbours: entry.neighbours, rows: { manifest.rows($0) })
            for modality in Modality.allCases {
                var rest = similarities.values[modality, default: []][...]
                for place in shards.indices where shards[place].modality == modality {
                    shards[place].similarities = Array(rest.prefix(shards[place].items.count))
                    rest = rest.dropFirst(shards[place].items.count)
                }
            }
        }
        for place in shards.indices { shards[place].score = manifest.score }
        self.shards = shards
    }

    /// The shards of one modality, in digest order.
    public func shards(_ modality: Modality) -> [Shard] {
        shards.filter { $0.modality == modality }
    }

    /// Every content in the snapshot.
    public var contents: Set<ContentDigest> {
        Set(shards.lazy.flatMap { $0.items.lazy.map(\.digest) })
    }
}
