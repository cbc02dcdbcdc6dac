import LinearAlgebra

/// Rows scaled to length one, and the gradient through that.
struct UnitRows {
    let values: Matrix
    private let norms: [Float]

    init(_ matrix: Matrix) {
        norms = matrix.rowNorms
        values = matrix.normalizingRows
    }

    /// `(g - u (u . g)) / |z|` for each row; zero for rows without length.
    func backward(_ gradient: Matrix) -> Matrix {
        let products = values.rowProducts(gradient)
        var result = gradient
        result.add(values.scalingRows(products), scale: -1)
        return result.scalingRows(norms.map { $0 > 1e-12 ? 1 / $0 : 0 })
    }
}

extension Matrix {
    /// The inner product of each row with the same row of `other`.
    func rowProducts(_ other: Matrix) -> [Float] {
        var products = self
        for index in products.values.indices { products.values[index] *= other.values[index] }
        return products.rowSums
    }
}
