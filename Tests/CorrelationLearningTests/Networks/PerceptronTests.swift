import LinearAlgebra
import Testing

@testable import CorrelationLearning

/// Layers against the definition, and their gradients against central differences.
struct PerceptronTests {
    private static func random(_ rows: Int, _ columns: Int, _ seed: UInt64) -> Matrix {
        var generator = SeededGenerator(seed: seed)
        return Matrix(rows: rows, columns: columns, values: generator.normalMatrix(rows: rows, columns: columns, deviation: 1))
    }

    private static func network(_ activation: Activation) -> Perceptron {
        var generator = SeededGenerator(seed: 3)
        var network = Perceptron(widths: [5, 4, 6, 3], hidden: activation, last: activation, generator: &generator)
        for index in network.layers.indices {
            network.layers[index].bias = generator.normalMatrix(rows: 1, columns: network.layers[index].outputs, deviation: 0.5)
        }
        return network
    }

    @Test func `A layer is its function of x W + b`() {
        let (x, weights) = (Self.random(2, 3, 1), Self.random(3, 2, 2))
        let layer = DenseLayer(weights: weights, bias: [0.5, -1], activation: .rectifier)
        let output = layer.forward(x)
        for row in 0..<2 {
            for column in 0..<2 {
                let sum = (0..<3).reduce(layer.bias[column]) { $0 + x[row, $1] * weights[$1, column] }
                #expect(abs(output[row, column] - max(0, sum)) < 1e-5)
            }
        }
    }

    @Test(arguments: [Activation.identity, .logistic, .tanh, .rectifier])
    func `A perceptron follows its gradients through every layer and to its input`(activation: Activation) throws {
        let (x, target) = (Self.random(4, 5, 5), Self.random(4, 3, 6))
        let network = Self.network(activation)
        func loss(_ network: Perceptron, _ x: Matrix) -> Double { Matrix.difference(network.output(of: x), target).squaredNorm / 2 }
        let states = network.forward(x)
        #expect(states[3] == network.output(of: x))
        let found = network.backward(states, gradient: Matrix.difference(states[3], target), wantsInput: true)

        func check(_ gradient: Float, _ what: String, _ loss: (Float) -> Double) {
            let step: Float = 1e-3
            let slope = Float((loss(step) - loss(-step)) / Double(2 * step))
            #expect(abs(slope - gradient) < 3e-3 + 1e-2 * abs(slope), "\(what)")
        }
        for (index, gradient) in found.layers.enumerated() {
            for place in gradient.weights.values.indices {
                check(gradient.weights.values[place], "weight \(place) of layer \(index)") {
                    var moved = network
                    moved.layers[index].weights.values[place] += $0
                    return loss(moved, x)
                }
            }
            for place in gradient.bias.indices {
                check(gradient.bias[place], "bias \(place) of layer \(index)") {
                    var moved = network
                    moved.layers[index].bias[place] += $0
                    return loss(moved, x)
                }
            }
        }
        let input = try #require(found.input)
        for place in input.values.indices {
            check(input.values[place], "input \(place)") {
                var moved = x
                moved.values[place] += $0
                return loss(network, moved)
            }
        }
        #expect(network.backward(states, gradient: Matrix.difference(states[3], target)).input == nil)
    }

    @Test(arguments: [(WeightStart.normal(0.3), 0.3), (.normalByOutputs, 0.1), (.uniformByInputs, 0.05), (.normalForRectifier, 0.070_710_7)] as [(WeightStart, Float)])
    func `Weights start with the deviation that their rule names`(start: WeightStart, deviation: Float) {
        var generator = SeededGenerator(seed: 4)
        let weights = start.matrix(inputs: 400, outputs: 100, generator: &generator)
        let mean = weights.values.reduce(0, +) / 40_000
        #expect(abs(mean) < 0.03 * deviation)
        #expect(abs(Float((weights.squaredNorm / 40_000).squareRoot()) / deviation - 1) < 0.03)
        if start == .uniformByInputs { #expect(weights.values.allSatisfy { abs($0) <= 0.086_603 }) }
    }
}
