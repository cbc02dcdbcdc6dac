public import Documents
public import LinearAlgebra
public import Storage
public import SystemPackage

/// An immutable file of codes of one modality (docs/formats/shard.md).
///
/// Container `shard` version 1: `digest` U8[n,32], `page` U32[n], `coarse` F16[n,d] with unit rows; rows in (digest, page)
/// order; metadata `modality` and `model`.
public struct Shard: Sendable {
    static let kind = "shard"
    static let versions = 1...1

    public let modality: Modality
    /// The hex digest of the model that made the codes.
    public let model: String
    public let items: [Item]
    /// The mean cosine of each item to its nearest neighbours of the other modality, where the snapshot has hubness correction.
    public internal(set) var similarities: [Float]?
    /// How the snapshot compares codes; `nil`: by their cosine.
    public internal(set) var score: BlockScore?
    private let coarse: Tensor
    private let file: TensorFile

    init(modality: Modality, model: String, items: [Item], codes: [Float16], dimension: Int) {
        self.modality = modality
        self.model = model
        self.items = items
        coarse = Tensor(codes, shape: [items.count, dimension])
        file = TensorFile(
            kind: Self.kind, version: Self.versions.upperBound, metadata: ["modality": modality.rawValue, "model": model],
            tensors: [
                "digest": Tensor(items.flatMap(\.digest.bytes), shape: [items.count, 32]),
                "page": Tensor(items.map { UInt32($0.page) }),
                "coarse": coarse,
            ])
    }

    /// Maps a shard and checks its header; its bytes are checked by `verify()`.
    public init(contentsOf path: FilePath) throws(StorageError) {
        file = try TensorFile(contentsOf: path, kind: Self.kind, versions: Self.versions)
        let digests = try file.tensor("digest", .u8, dimensions: 2)
        let pages = try file.tensor("page", .u32, dimensions: 1)
        coarse = try file.tensor("coarse", .f16, dimensions: 2)
        model = try file.text("model")
        guard let modality = Modality(rawValue: try file.text("modality")), digests.shape[1] == 32,
            digests.shape[0] == coarse.shape[0], pages.count == coarse.shape[0]
        else {
            throw .malformed(path: path, why: "its tensors do not fit each other")
        }
        self.modality = modality
        let bytes = digests.values(as: UInt8.self)
        items = pages.values(as: UInt32.self).enumerated().compactMap { row, page in
            ContentDigest(bytes: bytes[row * 32..<(row + 1) * 32]).map { Item(digest: $0, page: Int(page)) }
        }
        try file.checkRead()
    }

    public var dimension: Int { coarse.shape[1] }

    /// The codes as floats, a row per item; throws when not all of them could be read.
    public func codes() throws(StorageError) -> Matrix {
        let codes = Matrix(rows: items.count, columns: dimension, values: coarse.values(as: Float16.self).map { Float($0) })
        try file.checkRead()
        return codes
    }

    func encoded() -> [UInt8] { file.encoded() }

    func verify() throws(StorageError) { try file.verify() }
}
