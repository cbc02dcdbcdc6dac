public import Documents
import FoundationEssentials
public import LinearAlgebra
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

    /// The file of mean neighbour similarities.
    public struct SimilarityEntry: Codable, Equatable, Sendable {
        /// File name below `index/shards`.
        public var name: String
        public var neighbours: Int
        public var sha256: String
    }

    /// 2 where scores are more than cosines, so that no older build ranks by these; else 1.
    public var format: Int
    /// The hex digest of the model that made every code of the snapshot.
    public var model: String
    public var dimension: Int
    /// Shards in modality and digest order.
    public var shards: [ShardEntry]
    /// What scores are corrected by; `nil` for nothing.
    public var similarities: SimilarityEntry?
    /// How codes are compared; `nil`: by their cosine.
    public var score: BlockScore?

    /// The names of all files below `index/shards`.
    var fileNames: [String] { shards.map(\.name) + (similarities.map { [$0.name] } ?? []) }

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
        guard (1...2).contains(format) else {
            throw .unknownVersion(path: path, kind: "snapshot manifest", found: format, supported: 1...2)
        }
        guard (format == 2) == (similarities != nil || score != nil) else {
            throw .malformed(path: path, why: "its format does not fit how it scores")
        }
        guard score.map({ $0.firstColumns < dimension }) ?? true else { throw .malformed(path: path, why: "its score is of longer codes") }
    }

    init(model: String, dimension: Int, shards: [ShardEntry], similarities: SimilarityEntry? = nil, score: BlockScore? = nil) {
        format = similarities == nil && score == nil ? 1 : 2
        self.similarities = similarities
        self.score = score
        self.model = model
        self.dimension = dimension
        self.shards = shards
    }
}
