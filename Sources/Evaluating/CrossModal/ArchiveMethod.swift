public import CorrelationLearning
import LinearAlgebra

/// What archives run: `CommonSpaceLearner` on the features as they are, without the kernel map of `ShogoMethod`.
///
/// For features that are made as archives make theirs (`TrainingSet.pairedFeatures`), and without labels: pairs alone.
public struct ArchiveMethod: CrossModalMethod {
    public static let name = "shogo in archives"
    public static let needsLabels = false
    public static let isRandom = true

    /// One: ridges, power and epochs are chosen inside, as in archives.
    public static func candidates(for set: PairedFeatures) -> [ArchiveMethod] { [ArchiveMethod()] }

    public init() {}

    public func tuned(for set: PairedFeatures) -> [TunedNumber] { [] }

    public var settings: String { "chosen inside" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer {
        var training = TrainingSettings()
        training.seed = seed
        let problem = CommonSpaceLearner.Problem(
            images: set.images, texts: set.texts, known: [Bool](repeating: true, count: set.count),
            pairs: (0..<set.count).map { TrainingPair(sheet: $0, image: $0) }, categories: [Int?](repeating: nil, count: set.count), classes: 0)
        return Scorer(encoders: try CommonSpaceLearner(settings: training).learn(problem).encoders)
    }

    private struct Scorer: CommonSpace {
        let encoders: CommonEncoders

        func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) {
            (encoders.imageCodes(set.images), encoders.textCodes(set.texts, known: [Bool](repeating: true, count: set.count)))
        }
    }
}
