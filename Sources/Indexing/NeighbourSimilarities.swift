import Documents
import Storage
import SystemPackage

/// How near each item of a snapshot is to its nearest neighbours of the other modality: what hubness correction takes from scores.
///
/// Container `neighbour-similarities` version 1: `image` F32[n] and `sheet` F32[m], a value per row of the shards of that modality, in
/// the order of shards and rows; metadata `model` and `neighbours`. In a file of its own: a shard stays as it is when contents of the
/// other modality change.
public struct NeighbourSimilarities: Equatable, Sendable {
    static let kind = "neighbour-similarities"
    static let versions = 1...1

    /// How many neighbours are counted.
    public let neighbours: Int
    /// The mean cosine to them, by row.
    let values: [Modality: [Float]]

    public init(neighbours: Int, images: [Float], sheets: [Float]) {
        precondition(neighbours > 0, "some neighbours count")
        self.neighbours = neighbours
        values = [.image: images, .sheet: sheets]
    }

    /// Reads a file whose bytes are checked, with so many rows of each modality.
    init(contentsOf path: FilePath, model: String, neighbours: Int, rows: (Modality) -> Int) throws(StorageError) {
        let file = try TensorFile(contentsOf: path, kind: Self.kind, versions: Self.versions)
        try file.verify()
        var values: [Modality: [Float]] = [:]
        for modality in Modality.allCases { values[modality] = try file.tensor(modality.rawValue, .f32, dimensions: 1).values() }
        let (named, count) = (try file.text("model"), try file.text("neighbours"))
        try file.checkRead()
        guard named == model, count == String(neighbours), neighbours > 0,
            Modality.allCases.allSatisfy({ values[$0]?.count == rows($0) && values[$0]?.allSatisfy(\.isFinite) == true })
        else {
            throw .malformed(path: path, why: "it is not what the snapshot names (model, neighbours or rows differ, or a value is no number)")
        }
        self.neighbours = neighbours
        self.values = values
    }

    func encoded(model: String) -> [UInt8] {
        TensorFile(
            kind: Self.kind, version: Self.versions.upperBound, metadata: ["model": model, "neighbours": String(neighbours)],
            tensors: Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, Tensor($0.value)) })
        ).encoded()
    }
}
