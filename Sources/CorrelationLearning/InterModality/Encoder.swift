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

    /// `A` (in x d), `a` (1 x d).
    var linear: Matrix, bias: Matrix
    /// `C` (in x h), `c` (1 x h).
    var hidden: Matrix, hiddenBias: Matrix
    /// `B` (h x d).
    var output: Matrix

    /// The codes (`n x d`, rows not normalised) of features (`n x in`).
    func forward(_ input: Matrix) -> Pass {
        var hidden = Matrix.product(input, self.hidden)
        hidden.addToRows(hiddenBias.values)
        hidden.values.withUnsafeMutableBufferPointer { values in
            for index in values.indices { values[index] = tanhf(values[index]) }
        }
        var code = linearCodes(input)
        code.setProduct(hidden, output, beta: 1)
        return Pass(input: input, hidden: hidden, code: code)
    }

    /// The codes alone. An encoder that was not trained yet costs half: its hidden layer adds nothing.
    func codes(_ input: Matrix) -> Matrix {
        output.values.allSatisfy { $0 == 0 } ? linearCodes(input) : forward(input).code
    }

    private func linearCodes(_ input: Matrix) -> Matrix {
        var code = Matrix.product(input, linear)
        code.addToRows(bias.values)
        return code
    }

    /// The gradients of the parameters from the gradient of the code.
    func backward(_ pass: Pass, _ gradient: Matrix) -> Encoder {
        var inner = Matrix.product(gradient, .asIs, output, .transposed)
        inner.values.withUnsafeMutableBufferPointer { inner in
            pass.hidden.values.withUnsafeBufferPointer { hidden in
                for index in inner.indices { inner[index] *= 1 - hidden[index] * hidden[index] }
            }
        }
        return Encoder(
            linear: Matrix.product(pass.input, .transposed, gradient),
            bias: Matrix(rows: 1, columns: gradient.columns, values: gradient.columnSums),
            hidden: Matrix.product(pass.input, .transposed, inner),
            hiddenBias: Matrix(rows: 1, columns: inner.columns, values: inner.columnSums),
            output: Matrix.product(pass.hidden, .transposed, gradient))
    }
}

extension Encoder: NamedParameters {
    static var order: [(name: String, path: WritableKeyPath<Encoder, Matrix>)] {
        [("linear", \.linear), ("bias", \.bias), ("hidden", \.hidden), ("hidden_bias", \.hiddenBias), ("output", \.output)]
    }

    /// Starts as the linear map `linear` (in x d) with a random hidden layer that adds nothing yet.
    init(linear: Matrix, bias: [Float], hiddenUnits: Int, generator: inout SeededGenerator) {
        let inputs = linear.rows
        let deviation = 0.5 / sqrtf(Float(max(1, inputs)))
        self.init(
            linear: linear, bias: Matrix(rows: 1, columns: bias.count, values: bias),
            hidden: Matrix(
                rows: inputs, columns: hiddenUnits,
                values: generator.normalMatrix(rows: inputs, columns: hiddenUnits, deviation: deviation)),
            hiddenBias: Matrix(rows: 1, columns: hiddenUnits), output: Matrix(rows: hiddenUnits, columns: linear.columns))
    }

    /// Whether the shapes of the matrices fit each other.
    var isConsistent: Bool {
        bias.rows == 1 && hiddenBias.rows == 1 && bias.columns == linear.columns && hidden.rows == linear.rows
            && hiddenBias.columns == hidden.columns && output.rows == hidden.columns && output.columns == linear.columns
    }
}
