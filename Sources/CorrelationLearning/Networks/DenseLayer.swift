package import LinearAlgebra

/// `f(x W + b)`: a fully connected layer, rows are samples.
package struct DenseLayer: Equatable, Sendable {
    /// `in x out`.
    package var weights: Matrix
    /// `out` values.
    package var bias: [Float]
    package let activation: Activation

    package init(weights: Matrix, bias: [Float], activation: Activation) {
        precondition(bias.count == weights.columns, "\(bias.count) biases do not fit \(weights.columns) outputs")
        self.weights = weights
        self.bias = bias
        self.activation = activation
    }

    /// Random weights, biases zero.
    package init(
        inputs: Int, outputs: Int, activation: Activation, start: WeightStart = .uniformByInputs, generator: inout SeededGenerator
    ) {
        self.init(
            weights: start.matrix(inputs: inputs, outputs: outputs, generator: &generator),
            bias: [Float](repeating: 0, count: outputs), activation: activation)
    }

    package var inputs: Int { weights.rows }
    package var outputs: Int { weights.columns }

    /// Writes `f(x W + b)` into `output` (`n x out`); `2 n in out` operations.
    package func forward(_ input: borrowing Matrix, into output: inout Matrix) {
        output.setProduct(input, weights)
        output.activate(activation, bias: bias)
    }

    /// `f(x W + b)` as a new matrix.
    package func forward(_ input: borrowing Matrix) -> Matrix {
        var output = Matrix(rows: input.rows, columns: outputs)
        forward(input, into: &output)
        return output
    }

    /// What `backward` finds: sums over the rows, and the gradient by the input where asked for.
    package struct Gradient: Sendable {
        /// `in x out`
        package var weights: Matrix
        /// `out` values
        package var bias: [Float]
        /// `n x in`
        package var input: Matrix?
    }

    /// Turns the gradient by `output` (changed on the way) into those by parameters and input; `4 n in out` operations.
    package func backward(
        input: borrowing Matrix, output: borrowing Matrix, gradient: inout Matrix, wantsInput: Bool = true
    ) -> Gradient {
        gradient.differentiate(activation, output: output)
        var bias = [Float](repeating: 0, count: outputs)
        gradient.addColumnSums(to: &bias)
        return Gradient(
            weights: Matrix.product(input, .transposed, gradient, .asIs), bias: bias,
            input: wantsInput ? Matrix.product(gradient, .asIs, weights, .transposed) : nil)
    }
}
