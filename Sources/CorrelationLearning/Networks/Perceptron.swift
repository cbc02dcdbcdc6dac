package import LinearAlgebra

/// Dense layers one after another.
package struct Perceptron: Equatable, Sendable {
    package var layers: [DenseLayer]

    /// Takes layers whose widths fit each other.
    package init(layers: [DenseLayer]) {
        precondition(zip(layers, layers.dropFirst()).allSatisfy { $0.outputs == $1.inputs }, "the widths of neighbouring layers differ")
        self.layers = layers
    }

    /// Random layers of these widths (inputs first), `hidden` between them and `last` at the end.
    package init(
        widths: [Int], hidden: Activation, last: Activation, start: WeightStart = .uniformByInputs, generator: inout SeededGenerator
    ) {
        var layers: [DenseLayer] = []
        for (index, (inputs, outputs)) in zip(widths, widths.dropFirst()).enumerated() {
            layers.append(
                DenseLayer(
                    inputs: inputs, outputs: outputs, activation: index == widths.count - 2 ? last : hidden, start: start,
                    generator: &generator))
        }
        self.init(layers: layers)
    }

    /// The input and the output of every layer, in order: one matrix more than there are layers.
    package func forward(_ input: Matrix) -> [Matrix] {
        var states = [input]
        for layer in layers { states.append(layer.forward(states[states.count - 1])) }
        return states
    }

    /// The output of the last layer alone.
    package func output(of input: Matrix) -> Matrix {
        layers.reduce(input) { $1.forward($0) }
    }

    /// Turns the gradient by the last output into those by every layer's parameters, first layer first, and by the input.
    ///
    /// `states` is what `forward` gave. The input's gradient costs one product more.
    package func backward(
        _ states: [Matrix], gradient: Matrix, wantsInput: Bool = false
    ) -> (layers: [DenseLayer.Gradient], input: Matrix?) {
        precondition(states.count == layers.count + 1, "states are those of one forward pass")
        var found: [DenseLayer.Gradient] = []
        var upper = gradient
        for index in layers.indices.reversed() {
            var result = layers[index].backward(
                input: states[index], output: states[index + 1], gradient: &upper, wantsInput: index > 0 || wantsInput)
            if let input = result.input { upper = input }
            result.input = nil
            found.append(result)
        }
        return (found.reversed(), wantsInput ? upper : nil)
    }

    /// Whether every parameter is a finite number.
    package var isFinite: Bool {
        layers.allSatisfy { $0.weights.isFinite && $0.bias.allSatisfy(\.isFinite) }
    }
}
