import LinearAlgebra

/// Codes back to features, linearly: `z D + e`.
struct Decoder {
    /// `D` (d x out), `e` (1 x out).
    var parameters: [Matrix]

    init(parameters: [Matrix]) { self.parameters = parameters }

    /// The ridge least-squares decoder of features from codes; zeros when there is none.
    init(code: Matrix, features: Matrix) {
        let gram = Matrix.product(code, .transposed, code)
        let right = Matrix.product(code, .transposed, features)
        let trace = (0..<gram.rows).reduce(Float(0)) { $0 + gram[$1, $1] }
        let ridge = max(1e-4, 0.1 * trace / Float(max(1, gram.rows)))
        let weights = gram.solvingRidge(ridge, right) ?? Matrix(rows: code.columns, columns: features.columns)
        parameters = [weights, Matrix(rows: 1, columns: features.columns)]
    }

    /// Half the weighted mean squared error per feature, its parameter gradients and its gradient by the code.
    func loss(code: Matrix, features: Matrix, weights: [Float]) -> (loss: Float, parameters: [Matrix], code: Matrix) {
        var error = Matrix.product(code, parameters[0])
        error.addToRows(parameters[1].values)
        error.add(features, scale: -1)
        let share = 1 / Float(max(1, features.columns))
        let gradient = error.scalingRows(weights.map { $0 * share })
        let loss = 0.5 * gradient.rowProducts(error).reduce(0, +)
        return (
            loss,
            [
                Matrix.product(code, .transposed, gradient),
                Matrix(rows: 1, columns: gradient.columns, values: gradient.columnSums),
            ],
            Matrix.product(gradient, .asIs, parameters[0], .transposed)
        )
    }
}
