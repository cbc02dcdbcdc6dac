public import CorrelationLearning
import LinearAlgebra

/// Corr-AE: autoencoders of both sides whose codes of a pair are near (Feng, Wang, Li, ACM Multimedia 2014).
///
/// `(1 - a) (||x - x'||^2 + ||y - y'||^2) + a ||f - g||^2` on the hidden states of a Gaussian machine of each side, by momentum descent
/// (`CorrespondenceAutoencoder`); standardised codes, compared by cosine.
public struct CorrespondenceAutoencoderBaseline: CrossModalMethod {
    public static let name = "Corr-AE"
    public static let needsLabels = false
    public static let isRandom = true

    public static func candidates(for set: PairedFeatures) -> [CorrespondenceAutoencoderBaseline] {
        [0.8, 0.1, 0.3, 0.5, 0.95].flatMap { alpha in [64, 16, 256].map { CorrespondenceAutoencoderBaseline(alpha: alpha, codes: $0) } }
    }

    /// The weight of the correlation.
    public var alpha: Float
    /// Numbers in a code.
    public var codes: Int

    private static let width = 256, steps = 1_500

    public init(alpha: Float, codes: Int) { (self.alpha, self.codes) = (alpha, codes) }

    public func tuned(for set: PairedFeatures) -> [TunedNumber] {
        [TunedNumber("a", alpha, in: 0...1), TunedNumber("codes", codes)]
    }

    public var settings: String { "a=\(alpha) codes=\(codes)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { try Self.fit([self], set, seed: seed)[0] }

    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        let layers = (
            BeliefLayers(set.images, widths: [width], steps: steps, seed: seed), BeliefLayers(set.texts, widths: [width], steps: steps, seed: seed &+ 10)
        )
        let (x, y) = (layers.0.states(of: set.images), layers.1.states(of: set.texts))
        let rule = DescentRule(rate: 0.1, fall: .inverse(steps: 1_000), firstMomentum: 0.5, lastMomentum: 0.9, momentumSteps: 300, decay: 1e-4)
        return try candidates.map { candidate in
            var network = CorrespondenceAutoencoder(
                imageInputs: width, textInputs: width, codes: candidate.codes, correlation: candidate.alpha, reconstruction: 1 - candidate.alpha,
                rule: rule, batchSize: 100, seed: seed &+ 20)
            network.advance(to: steps, images: x, texts: y)
            guard layers.0.isFinite, layers.1.isFinite, network.isFinite else { throw CrossModalMethodError.notFinite(method: name) }
            return Space(
                layers: layers, network: network, standards: (Standardisation(network.image.encoder.forward(x)), Standardisation(network.text.encoder.forward(y))))
        }
    }

    private struct Space: CommonSpace {
        let layers: (BeliefLayers, BeliefLayers)
        let network: CorrespondenceAutoencoder
        let standards: (Standardisation, Standardisation)

        func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) {
            (
                standards.0.apply(network.image.encoder.forward(layers.0.states(of: set.images))),
                standards.1.apply(network.text.encoder.forward(layers.1.states(of: set.texts)))
            )
        }
    }
}
