public import Documents
public import LinearAlgebra

/// What a training learned: maps from descriptors of either modality to one space of codes, where a cosine compares them.
public struct CorrelationModel: Sendable {
    let imageFeatures: ImageFeatures
    let textFeatures: TextFeatures
    let encoders: CommonEncoders
    let seed: UInt64
    /// What made the descriptors that it was trained on, by modality: others say nothing to it. The caller's names; empty when not told.
    public var extractors: [Modality: String] = [:]

    /// How many neighbours hubness correction counts where scores are compared; 0 where cosines are compared as they are.
    public internal(set) var neighbours = 0
    /// As many as are counted where correction helps (Conneau et al.); 5 to 50 do about the same (docs/benchmarks.md).
    public static let neighboursThatCorrect = 10

    init(imageFeatures: ImageFeatures, textFeatures: TextFeatures, encoders: CommonEncoders, seed: UInt64) {
        self.imageFeatures = imageFeatures
        self.textFeatures = textFeatures
        self.encoders = encoders
        self.seed = seed
    }

    /// How many numbers a code has (`d`).
    public var codeDimension: Int { encoders.codeDimension }

    /// How codes are compared; `nil`: by their cosine.
    public var blockScore: BlockScore? { encoders.blockScore }

    /// How well codes of images (`n`) fit codes of sheets (`m`), without hubness correction: `n x m`.
    public func scores(images: Matrix, sheets: Matrix) -> Matrix { encoders.scores(images: images, texts: sheets) }

    /// How many numbers an image descriptor must have (`D`).
    public var imageDimension: Int { imageFeatures.mean.count }

    /// How many terms the model knows.
    public var vocabularyCount: Int { textFeatures.vocabulary.terms.count }

    /// Codes of image descriptors, coarse or fine: `n x D` to `n x d`, rows of length one; about `2 n D k` operations.
    public func encode(images: Matrix) -> Matrix {
        precondition(
            images.columns == imageDimension, "the model reads \(imageDimension) numbers per image, not \(images.columns)")
        return encoders.imageCodes(imageFeatures.features(of: images))
    }

    /// Codes of everything that a source has, read in blocks; throws when something cannot be read, or is not finite.
    public func codes(of source: some DescriptorSource) throws -> (images: Matrix, sheets: Matrix) {
        let (texts, known) = try textFeatures.features(of: source)
        return (encoders.imageCodes(try imageFeatures.features(of: source)), encoders.textCodes(texts, known: known))
    }

    /// The code of a sheet: `d` numbers of length one, or zeros when no term is known.
    public func encode(sheet: SheetDescriptor) -> [Float] {
        encode(sheets: [sheet]).values
    }

    /// Codes of many sheets at once: `n x d`, rows as `encode(sheet:)` gives them up to the last bits.
    public func encode(sheets: [SheetDescriptor]) -> Matrix {
        let (features, known) = textFeatures.features(of: sheets)
        return encoders.textCodes(features, known: known)
    }
}
