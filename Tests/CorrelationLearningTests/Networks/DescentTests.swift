import Glibc
import LinearAlgebra
import Testing

@testable import CorrelationLearning

/// Rules of descent against themselves written out for single numbers.
struct DescentTests {
    private static let rule = DescentRule(
        rate: 0.1, fall: .inverse(steps: 3), firstMomentum: 0.5, lastMomentum: 0.9, momentumSteps: 4, decay: 0.01)

    @Test func `Rates fall and momentum rises as their formulas say`() {
        #expect(Self.rule.rate(at: 0) == 0.1 && abs(Self.rule.rate(at: 3) - 0.05) < 1e-7)
        #expect(Self.rule.momentum(at: 0) == 0.5 && abs(Self.rule.momentum(at: 4) - (0.9 - 0.4 * expf(-1))) < 1e-6)
        var halving = Self.rule
        halving.fall = .halving(steps: 10)
        #expect([0, 9, 10, 25].map { halving.rate(at: $0) } == [0.1, 0.1, 0.05, 0.025])
        halving.fall = .none
        #expect(halving.rate(at: 1_000_000) == 0.1)
    }

    @Test(arguments: [false, true])
    func `Steps with momentum move a layer as single numbers would move`(caffe: Bool) {
        var rule = Self.rule
        (rule.decaysBiases, rule.biasRateFactor) = (caffe, caffe ? 2 : 1)
        var generator = SeededGenerator(seed: 1)
        var layer = DenseLayer(inputs: 3, outputs: 2, activation: .identity, generator: &generator)
        layer.bias = [0.5, -0.25]
        let start = layer
        var descent = MomentumDescent(layer)
        var (w, d) = (start.weights.values.map(Double.init), [Double](repeating: 0, count: 6))
        var (b, e) = (start.bias.map(Double.init), [0.0, 0.0])
        for step in 0..<5 {
            let input = Matrix(rows: 4, columns: 3, values: generator.normalMatrix(rows: 4, columns: 3, deviation: 1))
            let delta = Matrix(rows: 4, columns: 2, values: generator.normalMatrix(rows: 4, columns: 2, deviation: 1))
            descent.step(&layer, input: input, delta: delta, scale: 0.25, rule: rule, at: step)
            let momentum = 0.9 - 0.4 * exp(-Double(step) / 4), rate = 0.1 / (1 + Double(step) / 3)
            for column in 0..<2 {
                for row in 0..<3 {
                    let place = row * 2 + column
                    let gradient = (0..<4).reduce(0.0) { $0 + Double(input[$1, row] * delta[$1, column]) } / 4
                    d[place] = momentum * d[place] + 0.01 * w[place] + gradient
                    w[place] -= rate * d[place]
                }
                e[column] = momentum * e[column] + (caffe ? 0.01 : 0) * b[column] + (0..<4).reduce(0.0) { $0 + Double(delta[$1, column]) } / 4
                b[column] -= rate * (caffe ? 2 : 1) * e[column]
            }
        }
        #expect(zip(layer.weights.values, w).allSatisfy { abs(Double($0) - $1) < 1e-5 })
        #expect(zip(layer.bias, b).allSatisfy { abs(Double($0) - $1) < 1e-5 })
    }

    @Test func `AdamW moves single numbers as its paper says, weights decay and biases do not`() {
        var generator = SeededGenerator(seed: 2)
        var network = Perceptron(widths: [2, 2], hidden: .identity, last: .identity, generator: &generator)
        network.layers[0].bias = [1, -1]
        var (w, m, v) = (
            (network.layers[0].weights.values + network.layers[0].bias).map(Double.init), [Double](repeating: 0, count: 6),
            [Double](repeating: 0, count: 6)
        )
        var descent = AdamW(rate: 0.02, decay: 0.3)
        for step in 1...20 {
            let gradient = generator.normalMatrix(rows: 1, columns: 6, deviation: step % 3 == 0 ? 4 : 1)
            descent.begin()
            descent.update(
                &network, [DenseLayer.Gradient(weights: Matrix(rows: 2, columns: 2, values: Array(gradient[..<4])), bias: Array(gradient[4...]))])
            for place in 0..<6 {
                let g = Double(gradient[place])
                m[place] = 0.9 * m[place] + 0.1 * g
                v[place] = 0.999 * v[place] + 0.001 * g * g
                let corrected = (m[place] / (1 - pow(0.9, Double(step))), v[place] / (1 - pow(0.999, Double(step))))
                w[place] -= 0.02 * (corrected.0 / (corrected.1.squareRoot() + 1e-8) + (place < 4 ? 0.3 * w[place] : 0))
            }
        }
        let moved = network.layers[0].weights.values + network.layers[0].bias
        #expect(zip(moved, w).allSatisfy { abs(Double($0) - $1) < 1e-4 }, "\(moved) \(w)")
    }
}
