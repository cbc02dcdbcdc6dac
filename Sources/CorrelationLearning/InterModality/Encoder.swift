import Glibc
import LinearAlgebra

/// Features to code: `x A + a + tanh(x C + c) B`, a linear path from the closed form and a learned correction.
struct Encoder: Sendable {
    /// What `forward` keeps for `backward`.
    struct Pass {
        let input: Matrix
        let hidden: Matrix
        /// The code before its rows are normalised.
        let code: Matrix
    }

    /// `A` (in x d), `a` (1 x d), `C` (in x h), `c` (1 x h), `B` (h x d).
    var parameters: [Matrix]

    /// Starts as the linear map `linear` (in x d) with a random hidden layer that adds nothing yet.
    init(linear: Matrix, bias: [Float], hiddenUnits: Int, generator: inout SeededGenerator) {
        let inputs = linear.rows
        let deviation = 0.5 / sqrtf(Float(max(1, inputs)))
        parameters = [
            linear, Matrix(rows: 1, columns: bias.count, values: bias),
            Matrix(
                rows: inputs, columns: hiddenUnits,
                values: generator.normalMatrix(rows: inputs, columns: hiddenUnits, deviation: deviation)),
            Matrix(rows: 1, columns: hiddenUnits), Matrix(rows: hiddenUnits, columns: linear.columns),
        ]
    }

    /// Takes the five matrices in order; `nil` when their shapes contradict each other.
    init?(parameters: [Matrix]) {
        guard parameters.count == 5 else { return nil }
        let (linear, bias, hidden, hiddenBias, output) = (
            parameters[0], parameters[1], parameters[2], parameters[3], parameters[4]
        )
        guard bias.rows == 1, hiddenBias.rows == 1, bias.columns == linear.columns, hidden.rows == linear.rows,
            hiddenBias.columns == hidden.columns, output.rows == hidden.columns, output.columns == linear.columns
        else { return nil }
        self.parameters = parameters
    }

    /// The codes (`n x d`, rows not normalised) of features (`n x in`).
    func forward(_ input: Matrix) -> Pass {
        var hidden = Matrix.product(input, parameters[2])
        hidden.addToRows(parameters[3].values)
        hidden.values.withUnsafeMutableBufferPointer { values in
            for index in values.indices { values[index] = tanhf(values[index]) }
        }
        var code = linear(input)
        code.setProduct(hidden, parameters[4], beta: 1)
        return Pass(input: input, hidden: hidden, code: code)
    }

    /// The codes alone. An encoder that was not trained yet costs half: its hidden layer adds nothing.
    func codes(_ input: Matrix) -> Matrix {
        parameters[4].values.allSatisfy { $0 == 0 } ? linear(input) : forward(input).code
    }

    private func linear(_ input: Matrix) -> Matrix {
        var code = Matrix.product(input, parameters[0])
        code.addToRows(parameters[1].values)
        return code
    }

    /// The gradients of the parameters from the gradient of the code.
    func backward(_ pass: Pass, _ gradient: Matrix) -> [Matrix] {
        var inner = Matrix.product(gradient, .asIs, parameters[4], .transposed)
        inner.values.withUnsafeMutableBufferPointer { inner in
            pass.hidden.values.withUnsafeBufferPointer { hidden in
                for index in inner.indices { inner[index] *= 1 - hidden[index] * hidden[index] }
            }
        }
        return [
            Matrix.product(pass.input, .transposed, gradient),
            Matrix(rows: 1, columns: gradient.columns, values: gradient.columnSums),
            Matrix.product(pass.input, .transposed, inner),
            Matrix(rows: 1, columns: inner.columns, values: inner.columnSums),
            Matrix.product(pass.hidden, .transposed, gradient),
        ]
    }
}
