public import CorrelationLearning
import LinearAlgebra

/// Bimodal AE: one code from either side or both that rebuilds both (Ngiam et al., ICML 2011).
///
/// `[x ; y]` to a logistic code to `[x ; y]`, on the hidden states of a Gaussian machine of each side; learned from `(x, 0)`,
/// `(0, y)` and `(x, y)`, each with both as the target. Codes of `(x, 0)` and `(0, y)`, standardised, are compared by cosine.
public struct BimodalAutoencoder: CrossModalMethod {
    public static let name = "Bimodal AE"
    public static let needsLabels = false
    public static let isRandom = true

    public static func candidates(for set: PairedFeatures) -> [BimodalAutoencoder] {
        [32, 16, 64, 128, 256].flatMap { codes in [2_000, 500, 1_000].map { BimodalAutoencoder(codes: codes, steps: $0) } }
    }

    /// Numbers in a code.
    public var codes: Int
    /// Steps of the autoencoder.
    public var steps: Int

    static let width = 256
    private static let layerSteps = 2_000

    public init(codes: Int, steps: Int) { (self.codes, self.steps) = (codes, steps) }

    public func tuned(for set: PairedFeatures) -> [TunedNumber] { [TunedNumber("codes", codes), TunedNumber("steps", steps)] }

    public var settings: String { "codes=\(codes) steps=\(steps)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { try Self.fit([self], set, seed: seed)[0] }

    /// Candidates share the machines.
    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        let layers = (
            BeliefLayers(set.images, widths: [width], steps: layerSteps, seed: seed), BeliefLayers(set.texts, widths: [width], steps: layerSteps, seed: seed &+ 10)
        )
        let (x, y) = (layers.0.states(of: set.images), layers.1.states(of: set.texts))
        return try candidates.map {
            let network = learn(x, y, codes: $0.codes, labels: nil, steps: $0.steps, seed: seed &+ 20)
            guard layers.0.isFinite, layers.1.isFinite, network.isFinite else { throw CrossModalMethodError.notFinite(method: name) }
            return Space(layers: layers, network: network, standards: standards(network, x, y))
        }
    }

    /// The network of inputs `[x ; y]`; with `labels` (`n x classes`, one-hot) the output rebuilds these too.
    static func learn(_ x: Matrix, _ y: Matrix, codes: Int, labels: Matrix?, steps: Int, seed: UInt64) -> Perceptron {
        let inputs = x.columns + y.columns, outputs = inputs + (labels?.columns ?? 0)
        var generator = SeededGenerator(seed: seed)
        var network = Perceptron(widths: [inputs, codes, outputs], hidden: .logistic, last: .logistic, generator: &generator)
        var momentum = network.layers.map { MomentumDescent($0) }
        let rule = DescentRule(rate: 0.05, fall: .inverse(steps: 1_000), firstMomentum: 0.5, lastMomentum: 0.9, momentumSteps: 300, decay: 1e-4)
        var order = BatchOrder(count: x.rows, batchSize: 77, seed: seed)
        for step in 0..<steps {
            let rows = order.rows(at: step)
            let (bx, by) = (x.gathering(rows), y.gathering(rows))
            let views = [(true, false), (false, true), (true, true)].map { Self.view(bx, by, image: $0.0, text: $0.1) }
            let input = Self.stacked(views)
            var target = bx.joiningColumns(by)
            if let labels { target = target.joiningColumns(labels.gathering(rows)) }
            let states = network.forward(input)
            var delta = Matrix.difference(states[2], Self.stacked([target, target, target]))
            delta.differentiate(.logistic, output: states[2])
            var below = Matrix.product(delta, .asIs, network.layers[1].weights, .transposed)
            below.differentiate(.logistic, output: states[1])
            let scale = 1 / Float(max(1, input.rows))
            momentum[1].step(&network.layers[1], input: states[1], delta: delta, scale: scale, rule: rule, at: step)
            momentum[0].step(&network.layers[0], input: input, delta: below, scale: scale, rule: rule, at: step)
        }
        return network
    }

    /// `[x ; y]` with zeros for a side that is not seen.
    static func view(_ x: Matrix, _ y: Matrix, image: Bool, text: Bool) -> Matrix {
        (image ? x : Matrix(rows: x.rows, columns: x.columns)).joiningColumns(text ? y : Matrix(rows: y.rows, columns: y.columns))
    }

    /// Of the codes that each side alone gives.
    static func standards(_ network: Perceptron, _ x: Matrix, _ y: Matrix) -> (Standardisation, Standardisation) {
        let codes = oneSided(network, x, y)
        return (Standardisation(codes.images), Standardisation(codes.texts))
    }

    /// Codes of each side alone.
    static func oneSided(_ network: Perceptron, _ x: Matrix, _ y: Matrix) -> (images: Matrix, texts: Matrix) {
        (
            network.layers[0].forward(view(x, y, image: true, text: false)), network.layers[0].forward(view(x, y, image: false, text: true))
        )
    }

    private static func stacked(_ parts: [Matrix]) -> Matrix {
        Matrix(rows: parts.reduce(0) { $0 + $1.rows }, columns: parts[0].columns, values: parts.flatMap(\.values))
    }

    private struct Space: CommonSpace {
        let layers: (BeliefLayers, BeliefLayers)
        let network: Perceptron
        let standards: (Standardisation, Standardisation)

        func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) {
            let codes = BimodalAutoencoder.oneSided(network, layers.0.states(of: set.images), layers.1.states(of: set.texts))
            return (standards.0.apply(codes.images), standards.1.apply(codes.texts))
        }
    }
}
