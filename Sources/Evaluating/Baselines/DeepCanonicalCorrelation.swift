public import CorrelationLearning
import LinearAlgebra

/// DCCA: two networks whose outputs correlate as much as they can (Andrew, Arora, Bilmes, Livescu, ICML 2013).
///
/// One hidden layer each, all pairs in every step (small batches do not tell correlations), AdamW uphill on `TotalCorrelation`; the
/// canonical maps of the outputs give the codes.
public struct DeepCanonicalCorrelation: CrossModalMethod {
    public static let name = "DCCA"
    public static let needsLabels = false
    public static let isRandom = true

    public static func candidates(for set: PairedFeatures) -> [DeepCanonicalCorrelation] {
        [100, 1, 10, 1000].flatMap { ridge in
            [20, 60, 200].flatMap { steps in [10, 40].map { DeepCanonicalCorrelation(outputs: $0, steps: steps, ridge: ridge) } }
        }
    }

    /// Numbers in a code, and steps over all pairs.
    public var outputs: Int, steps: Int

    /// What is added to the variances of the outputs; small ones correlate what only the rows learned from share.
    public var ridge: Float

    private static let width = 256

    public init(outputs: Int, steps: Int, ridge: Float) { (self.outputs, self.steps, self.ridge) = (outputs, steps, ridge) }

    public func tuned(for set: PairedFeatures) -> [TunedNumber] {
        [TunedNumber("k", outputs), TunedNumber("steps", steps), TunedNumber("ridge", ridge)]
    }

    public var settings: String { "k=\(outputs) steps=\(steps) ridge=\(ridge)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer {
        let standards = (Standardisation(set.images), Standardisation(set.texts))
        let (x, y) = (standards.0.apply(set.images), standards.1.apply(set.texts))
        var generator = SeededGenerator(seed: seed)
        func network(_ inputs: Int) -> Perceptron {
            Perceptron(widths: [inputs, Self.width, outputs], hidden: .tanh, last: .identity, generator: &generator)
        }
        var image = network(x.columns), text = network(y.columns)
        var descent = AdamW(rate: 1e-3, decay: 1e-1)
        func correlation(_ f: Matrix, _ g: Matrix) throws -> TotalCorrelation {
            guard set.count > 1, let found = TotalCorrelation(images: f, texts: g, ridge: ridge) else {
                throw CrossModalMethodError.notFinite(method: Self.name)
            }
            return found
        }
        for _ in 0..<steps {
            let (states, textStates) = (image.forward(x), text.forward(y))
            let found = try correlation(states[states.count - 1], textStates[textStates.count - 1])
            // Uphill.
            let gradients = (
                image.backward(states, gradient: found.imageGradient.scalingRows([Float](repeating: -1, count: x.rows))).layers,
                text.backward(textStates, gradient: found.textGradient.scalingRows([Float](repeating: -1, count: y.rows))).layers
            )
            descent.begin()
            descent.update(&image, gradients.0)
            descent.update(&text, gradients.1, slot: 100)
        }
        let found = try correlation(image.output(of: x), text.output(of: y))
        return Space(standards: standards, networks: (image, text), maps: (found.imageMap, found.textMap))
    }

    private struct Space: CommonSpace {
        let standards: (Standardisation, Standardisation)
        let networks: (Perceptron, Perceptron)
        let maps: (CanonicalMap, CanonicalMap)

        func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) {
            (
                maps.0(networks.0.output(of: standards.0.apply(set.images))), maps.1(networks.1.output(of: standards.1.apply(set.texts)))
            )
        }
    }
}
