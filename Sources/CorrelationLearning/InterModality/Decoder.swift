import LinearAlgebra

/// Codes back to features, linearly: `z D + e`.
struct Decoder {
    /// `D` (d x out), `e` (1 x out).
    var weights: Matrix, bias: Matrix

    /// Half the weighted mean squared error per feature, its gradients by parameters and code.
    func loss(code: Matrix, features: Matrix, weights rowWeights: [Float]) -> (loss: Float, parameters: Decoder, code: Matrix) {
        var error = Matrix.product(code, weights)
        error.addToRows(bias.values)
        error.add(features, scale: -1)
        let share = 1 / Float(max(1, features.columns))
        let gradient = error.scalingRows(rowWeights.map { $0 * share })
        let loss = 0.5 * gradient.rowProducts(error).reduce(0, +)
        let parameters = Decoder(
            weights: Matrix.product(code, .transposed, gradient),
            bias: Matrix(rows: 1, columns: gradient.columns, values: gradient.columnSums))
        return (loss, parameters, Matrix.product(gradient, .asIs, weights, .transposed))
    }
}

extension Decoder: NamedParameters {
    static var order: [(name: String, path: WritableKeyPath<Decoder, Matrix>)] { [("weights", \.weights), ("bias", \.bias)] }

    /// The ridge least-squares decoder of features from codes; zeros when there is none.
    init(code: Matrix, features: Matrix) {
        let gram = Matrix.product(code, .transposed, code)
        let right = Matrix.product(code, .transposed, features)
        let trace = (0..<gram.rows).reduce(Float(0)) { $0 + gram[$1, $1] }
        let ridge = max(1e-4, 0.1 * trace / Float(max(1, gram.rows)))
        let weights = gram.solvingRidge(ridge, right) ?? Matrix(rows: code.columns, columns: features.columns)
        self.init(weights: weights, bias: Matrix(rows: 1, columns: features.columns))
    }
}
