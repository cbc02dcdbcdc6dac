import LinearAlgebra

/// Stage 2's intra-modality constraint: one linear softmax over categories that both modalities share.
struct CategoryHead {
    /// `d x categories` and `1 x categories`.
    var parameters: [Matrix]

    init(parameters: [Matrix]) { self.parameters = parameters }

    /// Starts with no opinion.
    init(codeDimension: Int, categories: Int) {
        parameters = [Matrix(rows: codeDimension, columns: categories), Matrix(rows: 1, columns: categories)]
    }

    /// The cross-entropy of unit codes (`n x d`) against weighted category targets (`n x categories`).
    func loss(code: Matrix, targets: Matrix) -> (loss: Float, parameters: [Matrix], code: Matrix) {
        var logits = Matrix.product(code, parameters[0])
        logits.addToRows(parameters[1].values)
        let (loss, gradient) = CrossEntropy.evaluate(logits: logits, targets: targets)
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
