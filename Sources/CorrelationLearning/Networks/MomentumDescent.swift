package import LinearAlgebra

/// The momentum of one layer's parameters, and the step that uses it (see `DescentRule`).
///
/// Products add gradients straight into the buffers, so a step costs one pass over weights and buffer beside the product.
package struct MomentumDescent: Equatable, Sendable {
    /// Lies like the weights.
    package var weights: Matrix
    package var bias: [Float]

    package init(inputs: Int, outputs: Int) {
        weights = Matrix(rows: inputs, columns: outputs)
        bias = [Float](repeating: 0, count: outputs)
    }

    package init(_ layer: DenseLayer) {
        self.init(inputs: layer.inputs, outputs: layer.outputs)
    }

    /// Moves a layer against `scale * input^T delta`, with `delta` (`n x out`) the gradient before the activation.
    package mutating func step(
        _ layer: inout DenseLayer, input: borrowing Matrix, delta: borrowing Matrix, scale: Float, rule: DescentRule, at step: Int
    ) {
        let momentum = rule.momentum(at: step)
        weights.setProduct(input, .transposed, delta, .asIs, alpha: scale, beta: momentum)
        delta.addColumnSums(to: &bias, alpha: scale, beta: momentum)
        apply(to: &layer.weights, &layer.bias, rule: rule, at: step)
    }

    /// The second half of a step, for buffers that already hold momentum times themselves plus the gradient.
    package mutating func apply(to weights: inout Matrix, _ bias: inout [Float], rule: DescentRule, at step: Int) {
        let rate = rule.rate(at: step)
        DescentSteps.momentum(&weights.values, buffer: &self.weights.values, decay: rule.decay, rate: rate)
        DescentSteps.momentum(
            &bias, buffer: &self.bias, decay: rule.decaysBiases ? rule.decay : 0, rate: rate * rule.biasRateFactor)
    }
}
