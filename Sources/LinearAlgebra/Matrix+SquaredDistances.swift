extension Matrix {
    /// Squared Euclidean distances of all rows of `a` (`m x d`) and `b` (`n x d`), `m x n`, by `|a|^2 + |b|^2 - 2 a b`: one product, and
    /// off by what rounding leaves of the norms; never below 0.
    public static func squaredDistances(_ a: borrowing Matrix, _ b: borrowing Matrix) -> Matrix {
        var result = Matrix(rows: a.rows, columns: b.rows)
        result.setProduct(a, .asIs, b, .transposed, alpha: -2)
        let (above, beside) = (b.rowNorms.map { $0 * $0 }, a.rowNorms.map { $0 * $0 })
        let columns = b.rows
        result.values.withUnsafeMutableBufferPointer { values in
            for row in beside.indices {
                for column in above.indices {
                    let place = row * columns + column
                    values[place] = max(0, values[place] + beside[row] + above[column])
                }
            }
        }
        return result
    }
}
