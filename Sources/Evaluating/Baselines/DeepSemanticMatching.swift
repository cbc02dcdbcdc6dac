public import CorrelationLearning
import LinearAlgebra

/// Deep-SM: a classifying network for each side, rows compared by the cosine of their posteriors (Wei et al., IEEE Trans.
/// Cybernetics 2017; on fixed features, where the paper fine-tunes a convolutional net).
///
/// One hidden layer of rectifiers with dropout, softmax, cross-entropy by momentum descent.
public struct DeepSemanticMatching: CrossModalMethod {
    public static let name = "Deep-SM"
    public static let needsLabels = true
    public static let isRandom = true

    public static func candidates(for set: PairedFeatures) -> [DeepSemanticMatching] {
        [200, 100, 500, 1_500, 4_000].flatMap { steps in [1e-3, 1e-4, 1e-2].map { DeepSemanticMatching(steps: steps, decay: $0) } }
    }

    /// Batches of 100 that each network sees.
    public var steps: Int

    private static let width = 256

    /// The pull of weights to zero.
    public var decay: Float

    public init(steps: Int, decay: Float) { (self.steps, self.decay) = (steps, decay) }

    public func tuned(for set: PairedFeatures) -> [TunedNumber] {
        [TunedNumber("steps", steps), TunedNumber("decay", decay)]
    }

    public var settings: String { "steps=\(steps) decay=\(decay)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer {
        guard set.labels != nil else { throw CrossModalMethodError.needsLabels(method: Self.name) }
        func side(_ rows: Matrix, _ salt: UInt64) throws -> Side {
            let standard = Standardisation(rows)
            let rule = DescentRule(rate: 0.02, fall: .inverse(steps: Float(steps) / 2), firstMomentum: 0.9, lastMomentum: 0.9, decay: decay)
            var network = LabelNetwork(
                widths: [rows.columns, Self.width, max(2, set.classCount)], rule: rule, batchSize: 100, seed: seed &* 2 &+ salt, dropout: 0.5)
            var targets = set.targets
            if targets.columns < 2 { targets = Matrix(rows: set.count, columns: 2, values: (0..<set.count).flatMap { _ in [1, 0] }) }
            network.advance(to: steps, standard.apply(rows), targets: targets)
            guard network.network.isFinite else { throw CrossModalMethodError.notFinite(method: Self.name) }
            return Side(standard: standard, network: network)
        }
        return Space(image: try side(set.images, 0), text: try side(set.texts, 1))
    }

    private struct Side {
        let standard: Standardisation
        let network: LabelNetwork

        func posteriors(_ rows: Matrix) -> Matrix { network.posteriors(of: standard.apply(rows)) }
    }

    private struct Space: CommonSpace {
        let image: Side, text: Side

        func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) { (image.posteriors(set.images), text.posteriors(set.texts)) }
    }
}
