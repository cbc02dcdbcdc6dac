import LinearAlgebra

/// Stage 2's intra-modality constraint: one linear softmax over categories that both modalities share.
struct CategoryHead {
    /// `d x categories` and `1 x categories`.
    var weights: Matrix, bias: Matrix

    /// The cross-entropy of unit codes (`n x d`) against weighted category targets (`n x categories`), its gradients by parameters
    /// and code.
    func loss(code: Matrix, targets: Matrix) -> (loss: Float, parameters: CategoryHead, code: Matrix) {
        var logits = Matrix.product(code, weights)
        logits.addToRows(bias.values)
        let (loss, gradient) = CrossEntropy.evaluate(logits: logits, targets: targets)
        let parameters = CategoryHead(
            weights: Matrix.product(code, .transposed, gradient),
            bias: Matrix(rows: 1, columns: gradient.columns, values: gradient.columnSums))
        return (loss, parameters, Matrix.product(gradient, .asIs, weights, .transposed))
    }
}

extension CategoryHead: NamedParameters {
    static var order: [(name: String, path: WritableKeyPath<CategoryHead, Matrix>)] { [("weights", \.weights), ("bias", \.bias)] }

    /// Starts with no opinion.
    init(codeDimension: Int, categories: Int) {
        self.init(weights: Matrix(rows: codeDimension, columns: categories), bias: Matrix(rows: 1, columns: categories))
    }
}
