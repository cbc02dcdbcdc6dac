public import LinearAlgebra

/// Image-text pairs as rows of features: row `i` of every part is the same pair.
///
/// The plain form of a training set, for experiments and comparisons; an archive has a `TrainingSet`.
public struct PairedFeatures: Sendable {
    /// `n x p`, one row per image.
    public var images: Matrix
    /// `n x q`, one row per text.
    public var texts: Matrix
    /// The class of each pair, `0..<classCount`; `nil` when there are none.
    public var labels: [Int]?
    /// How many classes there are; 0 without labels.
    public var classCount: Int
    /// The regions of each image, in the columns of `images`.
    public var imageParts: RaggedRows?
    /// The fragments of each text, in the columns of `texts`.
    public var textParts: RaggedRows?

    public init(
        images: Matrix, texts: Matrix, labels: [Int]? = nil, classCount: Int? = nil, imageParts: RaggedRows? = nil, textParts: RaggedRows? = nil
    ) {
        precondition(images.rows == texts.rows, "\(images.rows) images cannot be paired with \(texts.rows) texts")
        precondition(labels.map { $0.count == images.rows } ?? true, "every pair has a label, or none has")
        precondition(imageParts.map { $0.count == images.rows } ?? true, "every image has a group of parts")
        precondition(textParts.map { $0.count == texts.rows } ?? true, "every text has a group of parts")
        self.images = images
        self.texts = texts
        self.labels = labels
        self.classCount = classCount ?? labels.map { ($0.max() ?? -1) + 1 } ?? 0
        self.imageParts = imageParts
        self.textParts = textParts
    }

    /// How many pairs there are.
    public var count: Int { images.rows }

    /// The pairs at `rows`, in that order; the classes stay the same.
    public func gathering(_ rows: [Int]) -> PairedFeatures {
        PairedFeatures(
            images: images.gathering(rows), texts: texts.gathering(rows), labels: labels.map { labels in rows.map { labels[$0] } },
            classCount: classCount, imageParts: imageParts?.gathering(rows), textParts: textParts?.gathering(rows))
    }

    /// `n x classCount`: one-hot rows of the labels; no columns without labels.
    public var targets: Matrix {
        var targets = Matrix(rows: count, columns: classCount)
        for (row, label) in (labels ?? []).enumerated() { targets[row, label] = 1 }
        return targets
    }
}
