public import Documents
import FoundationEssentials
import Storage
import SystemPackage

/// What a snapshot consists of: shards and one model. Its digest names the snapshot.
public struct SnapshotManifest: Codable, Equatable, Sendable {
    public struct ShardEntry: Codable, Equatable, Sendable {
        /// File name below `index/shards`; it holds the first half of the SHA-256 of the file.
        public var name: String
        public var modality: Modality
        public var rows: Int
        public var sha256: String
    }

    public var format = 1
    /// The hex digest of the model that made every code of the snapshot.
    public var model: String
    public var dimension: Int
    /// Shards in modality and digest order.
    public var shards: [ShardEntry]

    /// Rows over all shards of one modality, or of both.
    public func rows(_ modality: Modality? = nil) -> Int {
        shards.filter { modality == nil || $0.modality == modality }.reduce(0) { $0 + $1.rows }
    }

    /// Canonical bytes: sorted keys, no white space that varies.
    func encoded() -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return Array(try! encoder.encode(self)) + [UInt8(ascii: "\n")]  // strings and integers always encode
    }

    /// The same content, model and format give the same digest, whatever the history.
    public var digest: ContentDigest { .sha256(of: encoded()) }

    init(contentsOf path: FilePath) throws(StorageError) {
        let bytes = try WholeFile.read(path, limit: 64 << 20)
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(bytes))
        } catch {
            throw .malformed(path: path, why: "it is not a snapshot manifest")
        }
        guard format == 1 else {
            throw .unknownVersion(path: path, kind: "snapshot manifest", found: format, supported: 1...1)
        }
    }

    init(model: String, dimension: Int, shards: [ShardEntry]) {
        self.model = model
        self.dimension = dimension
        self.shards = shards
    }
}
