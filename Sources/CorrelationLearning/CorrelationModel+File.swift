public import Documents
import LinearAlgebra
public import Storage
public import SystemPackage

extension CorrelationModel {
    /// What a model file calls itself.
    public static let fileKind = "model"
    /// The newest format version: 2 has categories; a model without them is written as version 1, which older builds read.
    public static let fileVersion = 2

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
            for (name, path) in Encoder.order { tensors["\(part).encoder.\(name)"] = Self.tensor(encoder[keyPath: path]) }
        }
        var metadata = ["seed": String(seed)]
        if let categories = encoders.categories {
            for (part, regression) in [("image", categories.image), ("text", categories.text)] {
                tensors["\(part).categories.weights"] = Self.tensor(regression.weights)
                tensors["\(part).categories.bias"] = Tensor(regression.bias)
            }
            metadata["balance"] = String(encoders.balance)
            if encoders.isSharpened { metadata["sharpened"] = "true" }
        }
        if neighbours > 0 { metadata["neighbours"] = String(neighbours) }
        for (modality, extractor) in extractors { metadata[Self.extractorKey(modality)] = extractor }
        return TensorFile(
            kind: Self.fileKind, version: encoders.categories == nil ? 1 : Self.fileVersion, metadata: metadata, tensors: tensors)
    }

    /// The SHA-256 of the file's bytes: the model's name. Encodes the whole model.
    public var digest: ContentDigest { ContentDigest.sha256(of: tensorFile.encoded()) }

    /// Reads a model file and verifies its checksums.
    public init(contentsOf path: FilePath) throws(StorageError) {
        let file = try TensorFile(contentsOf: path, kind: Self.fileKind, versions: 1...Self.fileVersion)
        try file.verify()
        do throws(StorageError) {
            try self.init(file, path: path)
        } catch {
            try file.checkRead()
            throw error
        }
        try file.checkRead()
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
            func layer(_ name: String) throws(StorageError) -> Matrix { try Self.matrix(file, "\(part).encoder.\(name)") }
            let encoder = Encoder(
                linear: try layer("linear"), bias: try layer("bias"), hidden: try layer("hidden"), hiddenBias: try layer("hidden_bias"),
                output: try layer("output"))
            guard encoder.isConsistent else {
                throw .malformed(path: path, why: "the layers of its \(part) encoder do not fit each other")
            }
            encoders.append(encoder)
        }
        guard weights.count == terms.count, textProjection.rows == terms.count, textProjection.columns == textMean.count,
            encoders[1].linear.rows == textMean.count, scale.count == mean.count, projection.rows == mean.count,
            encoders[0].linear.rows == projection.columns, encoders[0].linear.columns == encoders[1].linear.columns
        else { throw .malformed(path: path, why: "the shapes of its tensors do not fit each other") }
        let seed = try UInt64(file.text("seed"))
        guard let seed else { throw .malformed(path: path, why: "its seed is not a number") }
        self.init(
            imageFeatures: ImageFeatures(mean: mean, scale: scale, projection: projection),
            textFeatures: TextFeatures(
                vocabulary: Vocabulary(terms: terms, weights: weights), projection: textProjection, mean: textMean),
            encoders: try Self.encoders(file, encoders, path: path), seed: seed)
        if let text = file.metadata["neighbours"] {
            guard let count = Int(text), count > 0 else { throw .malformed(path: path, why: "how many neighbours its scores are corrected by is no number above 0") }
            neighbours = count
        }
        for modality in Modality.allCases { extractors[modality] = file.metadata[Self.extractorKey(modality)] }
    }

    /// The encoders with the categories of a file of version 2.
    private static func encoders(_ file: TensorFile, _ pair: [Encoder], path: FilePath) throws(StorageError) -> CommonEncoders {
        guard file.version > 1 else { return CommonEncoders(image: pair[0], text: pair[1]) }
        var regressions: [SoftmaxRegression] = []
        for (part, encoder) in zip(["image", "text"], pair) {
            let weights = try matrix(file, "\(part).categories.weights"), bias = try vector(file, "\(part).categories.bias")
            guard weights.rows == encoder.linear.rows, weights.columns == bias.count, bias.count == regressions.first?.bias.count ?? bias.count
            else { throw .malformed(path: path, why: "its \(part) categories do not fit its features") }
            regressions.append(SoftmaxRegression(weights: weights, bias: bias))
        }
        guard let balance = try Float(file.text("balance")), (0...1).contains(balance) else {
            throw .malformed(path: path, why: "its balance is not a number from 0 to 1")
        }
        var encoders = CommonEncoders(
            image: pair[0], text: pair[1], categories: CategoryRegressions(image: regressions[0], text: regressions[1]), balance: balance)
        encoders.isSharpened = file.metadata["sharpened"] == "true"
        return encoders
    }

    private static func extractorKey(_ modality: Modality) -> String { "extractor.\(modality.rawValue)" }

    private static func tensor(_ matrix: Matrix) -> Tensor { Tensor(matrix.values, shape: [matrix.rows, matrix.columns]) }

    private static func vector(_ file: TensorFile, _ name: String) throws(StorageError) -> [Float] {
        try file.tensor(name, .f32, dimensions: 1).values()
    }

    private static func matrix(_ file: TensorFile, _ name: String) throws(StorageError) -> Matrix {
        let tensor = try file.tensor(name, .f32, dimensions: 2)
        return Matrix(rows: tensor.shape[0], columns: tensor.shape[1], values: tensor.values())
    }
}
