public import CorrelationLearning
import LinearAlgebra

/// SM: a classifier for each side, rows compared by the cosine of their posteriors (Rasiwasia et al., ACM Multimedia 2010).
///
/// Multinomial logistic regression of standardised columns; L-BFGS, two products of `n x p x classes` a step. Centred: less the mean
/// posterior of the training rows, which is that paper's normalised correlation with the prior taken off.
public struct SemanticMatching: CrossModalMethod {
    public static let name = "SM"
    public static let needsLabels = true
    public static let isRandom = false

    public static func candidates(for set: PairedFeatures) -> [SemanticMatching] {
        [0.1, 0.003, 0.01, 0.03, 0.3, 1, 3].flatMap { decay in [false, true].map { SemanticMatching(decay: decay, isCentred: $0) } }
    }

    /// The weight decay, beside the mean cross-entropy of the rows.
    public var decay: Float
    public var isCentred: Bool

    public init(decay: Float, isCentred: Bool) { (self.decay, self.isCentred) = (decay, isCentred) }

    public func tuned(for set: PairedFeatures) -> [TunedNumber] {
        [TunedNumber("decay", decay)]
    }

    public var settings: String { "decay=\(decay)\(isCentred ? " centred" : "")" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { try Self.fit([self], set, seed: seed)[0] }

    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        guard set.labels != nil else { throw CrossModalMethodError.needsLabels(method: name) }
        var classifiers: [Float: (image: Classifier, text: Classifier)] = [:]
        return try candidates.map { candidate in
            let found = try classifiers[candidate.decay] ?? (
                Classifier(set.images, set.targets, candidate.decay), Classifier(set.texts, set.targets, candidate.decay)
            )
            classifiers[candidate.decay] = found
            return Scorer(image: found.image, text: found.text, isCentred: candidate.isCentred)
        }
    }

    private struct Classifier {
        private let standard: Standardisation, regression: SoftmaxRegression
        private let mean: [Float]

        init(_ rows: Matrix, _ targets: Matrix, _ decay: Float) throws {
            standard = Standardisation(rows)
            let standardised = standard.apply(rows)
            guard rows.isFinite, let regression = SoftmaxRegression(standardised, targets: targets, decay: decay * Float(rows.rows)) else {
                throw CrossModalMethodError.notFinite(method: name)
            }
            self.regression = regression
            let posteriors = regression.posteriors(standardised)
            mean = posteriors.columnSums.map { $0 / Float(max(1, rows.rows)) }
        }

        func codes(_ rows: Matrix, isCentred: Bool) -> Matrix {
            var posteriors = regression.posteriors(standard.apply(rows))
            if isCentred { posteriors.addToRows(mean, scale: -1) }
            return posteriors
        }
    }

    private struct Scorer: CommonSpace {
        let image: Classifier, text: Classifier
        let isCentred: Bool

        func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) {
            (image.codes(set.images, isCentred: isCentred), text.codes(set.texts, isCentred: isCentred))
        }
    }
}
