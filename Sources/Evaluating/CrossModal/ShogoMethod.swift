public import CorrelationLearning
import LinearAlgebra

/// The product's default: kernel maps, then `CommonSpaceLearner` as in an archive.
public struct ShogoMethod: CrossModalMethod {
    public static let name = "shogo"
    public static let needsLabels = false
    public static let isRandom = true

    /// Width of both kernels, relative to the mean distance.
    package var width: Float = 2
    package var training = TrainingSettings()
    /// How many pairs have a label, chosen by the seed; `nil` for all.
    package var labelled: Int?

    package init() {}

    public static func candidates(for set: PairedFeatures) -> [Self] { [.init()] }

    public var settings: String { "width=\(width) balance=\(training.balance)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer {
        guard let images = KernelMap(learning: set.images, width: width), let texts = KernelMap(learning: set.texts, width: width)
        else { throw CrossModalMethodError.notFinite(method: Self.name) }
        var training = training
        training.seed = seed
        var labels = set.labels.map { $0.map(Optional.some) } ?? [Int?](repeating: nil, count: set.count)
        if let labelled {
            var generator = SeededGenerator(seed: seed)
            for row in generator.permutation(set.count).dropFirst(labelled) { labels[row] = nil }
        }
        let problem = CommonSpaceLearner.Problem(
            images: images.features(of: set.images), texts: texts.features(of: set.texts),
            known: [Bool](repeating: true, count: set.count),
            pairs: (0..<set.count).map { TrainingPair(sheet: $0, image: $0) }, categories: labels, classes: set.classCount)
        let learned = try CommonSpaceLearner(settings: training).learn(problem)
        return Space(images: images, texts: texts, encoders: learned.encoders)
    }

    private struct Space: CommonSpace {
        let images: KernelMap, texts: KernelMap
        let encoders: CommonEncoders

        func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) {
            (
                encoders.imageCodes(images.features(of: set.images)),
                encoders.textCodes(texts.features(of: set.texts), known: [Bool](repeating: true, count: set.count))
            )
        }
    }
}
