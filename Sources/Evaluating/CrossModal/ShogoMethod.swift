public import CorrelationLearning
import LinearAlgebra

/// The product's default: kernel maps, then `CommonSpaceLearner` as in an archive.
public struct ShogoMethod: CrossModalMethod {
    public static let name = "shogo"
    public static let needsLabels = false
    public static let isRandom = true
    /// As archives choose.
    public static let choiceRule = ChoiceRule.prior

    /// Width of both kernels, relative to the mean distance.
    package var width: Float = 2
    package var training = TrainingSettings()
    /// How many pairs have a label, chosen by the seed; `nil` for all.
    package var labelled: Int?

    /// Whether regions and fragments count, where there are any.
    package var usesParts = true

    package init() {}

    /// The prior settings with another balance.
    public init(balance: Balance) { training.balance = balance }

    public static func candidates(for set: PairedFeatures) -> [Self] {
        var method = ShogoMethod()
        guard set.labels != nil else { return [method] }
        // With labels the figure is of categories, so the balance goes all the way to that side.
        method.training.balance = .fixed(1)
        return ([2, 1, 4] as [Float]).flatMap { width in
            ([1, 0.25, 0.5, 2, 4] as [Float]).map {
                var candidate = method
                candidate.width = width
                candidate.training.category.imageDecay *= $0
                candidate.training.category.textDecay *= $0
                return candidate
            }
        }
    }

    public func tuned(for set: PairedFeatures) -> [TunedNumber] {
        [TunedNumber("width", width), TunedNumber("decay", training.category.imageDecay)]
    }

    public var settings: String { "width=\(width) decay=\(training.category.imageDecay) balance=\(training.balance.label)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer {
        try learn(set, Maps(set, width: width), seed: seed)
    }

    /// Candidates of one width share its kernel maps. Where categories are all that counts, the choices of the pair code are left out:
    /// they do not reach the scores.
    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        var maps: [Float: Maps] = [:]
        return try candidates.map { candidate in
            let found = try maps[candidate.width] ?? Maps(set, width: candidate.width)
            maps[candidate.width] = found
            var candidate = candidate
            if set.labels != nil, candidate.training.balance == .fixed(1) { candidate.training.validationShare = 0 }
            return try candidate.learn(set, found, seed: seed)
        }
    }

    /// The kernel maps of both sides.
    private struct Maps {
        let images: KernelMap, texts: KernelMap

        init(_ set: PairedFeatures, width: Float) throws {
            guard let images = KernelMap(learning: set.images, width: width), let texts = KernelMap(learning: set.texts, width: width)
            else { throw CrossModalMethodError.notFinite(method: ShogoMethod.name) }
            (self.images, self.texts) = (images, texts)
        }
    }

    private func learn(_ set: PairedFeatures, _ maps: Maps, seed: UInt64) throws -> any CrossModalScorer {
        let (images, texts) = (maps.images, maps.texts)
        var training = training
        training.seed = seed
        var labels = set.labels.map { $0.map(Optional.some) } ?? [Int?](repeating: nil, count: set.count)
        if let labelled {
            var generator = SeededGenerator(seed: seed)
            for row in generator.permutation(set.count).dropFirst(labelled) { labels[row] = nil }
        }
        let imageFeatures = images.features(of: set.images), textFeatures = texts.features(of: set.texts)
        let known = [Bool](repeating: true, count: set.count)
        let problem = CommonSpaceLearner.Problem(
            images: imageFeatures, texts: textFeatures, known: known,
            pairs: (0..<set.count).map { TrainingPair(sheet: $0, image: $0) }, categories: labels, classes: set.classCount,
            parts: usesParts ? Self.parts(set, images, texts, imageFeatures, textFeatures) : nil)
        let learned = try CommonSpaceLearner(settings: training).learn(problem)
        return Scorer(images: images, texts: texts, encoders: learned.encoders, fineShare: learned.fineShare)
    }

    private static func parts(
        _ set: PairedFeatures, _ images: KernelMap, _ texts: KernelMap, _ imageFeatures: Matrix, _ textFeatures: Matrix
    ) -> PartFeatures? {
        guard set.imageParts != nil || set.textParts != nil else { return nil }
        func features(_ parts: RaggedRows?, _ map: KernelMap, _ whole: Matrix) -> RaggedRows {
            guard let parts else { return RaggedRows(values: whole, offsets: Array(0...whole.rows)) }
            return parts.replacing(map.features(of: parts.values))
        }
        return PartFeatures(
            images: features(set.imageParts, images, imageFeatures), texts: features(set.textParts, texts, textFeatures),
            wholeImages: imageFeatures, wholeTexts: textFeatures)
    }

    /// Cosines of wholes and, where parts helped validation, the alignment of parts.
    private struct Scorer: CrossModalScorer {
        let images: KernelMap, texts: KernelMap
        let encoders: CommonEncoders
        let fineShare: Float

        func scores(_ set: PairedFeatures) -> Matrix {
            let imageFeatures = images.features(of: set.images), textFeatures = texts.features(of: set.texts)
            let known = [Bool](repeating: true, count: set.count)
            let codes = (encoders.imageCodes(imageFeatures), encoders.textCodes(textFeatures, known: known))
            var scores = encoders.scores(images: codes.0, texts: codes.1)
            if fineShare > 0, let parts = ShogoMethod.parts(set, images, texts, imageFeatures, textFeatures) {
                scores = scores.scalingRows([Float](repeating: 1 - fineShare, count: scores.rows))
                scores.add(encoders.alignment(parts.images, parts.texts, known: known).scores, scale: fineShare)
            }
            return scores
        }
    }
}
