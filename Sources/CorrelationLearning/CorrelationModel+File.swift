public import Documents
import LinearAlgebra
public import Storage
public import SystemPackage

extension CorrelationModel {
    /// What a model file calls itself.
    public static let fileKind = "model"
    /// The only format version so far.
    public static let fileVersion = 1

    /// The model as a file: tensors of both feature maps and both encoders, and the vocabulary as bytes and offsets.
    public var tensorFile: TensorFile {
        var text: [UInt8] = [], offsets: [UInt32] = [0]
        for term in textFeatures.vocabulary.terms {
            text.append(contentsOf: term.utf8)
            offsets.append(UInt32(text.count))
        }
        var tensors: [String: Tensor] = [
            "image.mean": Tensor(imageFeatures.mean), "image.scale": Tensor(imageFeatures.scale),
            "image.projection": Self.tensor(imageFeatures.projection),
            "text.vocabulary": Tensor(text), "text.vocabulary_offsets": Tensor(offsets),
            "text.weights": Tensor(textFeatures.vocabulary.weights), "text.mean": Tensor(textFeatures.mean),
            "text.projection": Self.tensor(textFeatures.projection),
        ]
        for (part, encoder) in [("image", encoders.image), ("text", encoders.text)] {
            for (name, matrix) in zip(Self.layers, encoder.parameters) {
                tensors["\(part).encoder.\(name)"] = Self.tensor(matrix)
            }
        }
        var metadata = ["seed": String(seed)]
        for (modality, extractor) in extractors { metadata[Self.extractorKey(modality)] = extractor }
        return TensorFile(kind: Self.fileKind, version: Self.fileVersion, metadata: metadata, tensors: tensors)
    }

    /// The SHA-256 of the file's bytes: the model's name. Encodes the whole model.
    public var digest: ContentDigest { ContentDigest.sha256(of: tensorFile.encoded()) }

    /// Reads a model file and verifies its checksums.
    public init(contentsOf path: FilePath) throws(StorageError) {
        let file = try TensorFile(contentsOf: path, kind: Self.fileKind, versions: Self.fileVersion...Self.fileVersion)
        try file.verify()
        try self.init(file, path: path)
    }

    /// Takes a model from a file that is already open; `path` only names it in errors. Throws when parts contradict each other.
    public init(_ file: TensorFile, path: FilePath = FilePath()) throws(StorageError) {
        let text = try file.tensor("text.vocabulary", .u8, dimensions: 1).values(as: UInt8.self)
        let offsets = try file.tensor("text.vocabulary_offsets", .u32, dimensions: 1).values(as: UInt32.self).map(Int.init)
        guard offsets.first == 0, offsets.last == text.count, zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }) else {
            throw .malformed(path: path, why: "the offsets of its vocabulary do not fit the vocabulary")
        }
        let terms = zip(offsets, offsets.dropFirst()).map { String(decoding: text[$0..<$1], as: UTF8.self) }
        let weights = try Self.vector(file, "text.weights")
        let textMean = try Self.vector(file, "text.mean"), textProjection = try Self.matrix(file, "text.projection")
        let mean = try Self.vector(file, "image.mean"), scale = try Self.vector(file, "image.scale")
        let projection = try Self.matrix(file, "image.projection")
        var encoders: [Encoder] = []
        for part in ["image", "text"] {
            var parameters: [Matrix] = []
            for layer in Self.layers { parameters.append(try Self.matrix(file, "\(part).encoder.\(layer)")) }
            guard let encoder = Encoder(parameters: parameters) else {
                throw .malformed(path: path, why: "the layers of its \(part) encoder do not fit each other")
            }
            encoders.append(encoder)
        }
        guard weights.count == terms.count, textProjection.rows == terms.count, textProjection.columns == textMean.count,
            encoders[1].parameters[0].rows == textMean.count, scale.count == mean.count, projection.rows == mean.count,
            encoders[0].parameters[0].rows == projection.columns,
            encoders[0].parameters[0].columns == encoders[1].parameters[0].columns
        else { throw .malformed(path: path, why: "the shapes of its tensors do not fit each other") }
        let seed = try UInt64(file.text("seed"))
        guard let seed else { throw .malformed(path: path, why: "its seed is not a number") }
        self.init(
            imageFeatures: ImageFeatures(mean: mean, scale: scale, projection: projection),
            textFeatures: TextFeatures(
                vocabulary: Vocabulary(terms: terms, weights: weights), projection: textProjection, mean: textMean),
            encoders: Encoders(image: encoders[0], text: encoders[1]), seed: seed)
        for modality in Modality.allCases { extractors[modality] = file.metadata[Self.extractorKey(modality)] }
    }

    private static func extractorKey(_ modality: Modality) -> String { "extractor.\(modality.rawValue)" }

    /// The matrices of an encoder, in order; see `Encoder`.
    private static let layers = ["linear", "bias", "hidden", "hidden_bias", "output"]

    private static func tensor(_ matrix: Matrix) -> Tensor { Tensor(matrix.values, shape: [matrix.rows, matrix.columns]) }

    private static func vector(_ file: TensorFile, _ name: String) throws(StorageError) -> [Float] {
        try file.tensor(name, .f32, dimensions: 1).values()
    }

    private static func matrix(_ file: TensorFile, _ name: String) throws(StorageError) -> Matrix {
        let tensor = try file.tensor(name, .f32, dimensions: 2)
        return Matrix(rows: tensor.shape[0], columns: tensor.shape[1], values: tensor.values())
    }
}
