import COpenBLAS

extension Matrix {
    /// `(self + ridge I)^-1 right` by a Cholesky factor (LAPACK `spotrf`, then two triangular solves).
    ///
    /// `self` is symmetric `n x n`, `right` is `n x k`; about `n^3 / 3 + 2 n^2 k` operations.
    /// `nil` when the sum is not positive definite.
    public func solvingRidge(_ ridge: Float, _ right: Matrix) -> Matrix? {
        precondition(rows == columns && right.rows == rows, "a \(rows) x \(columns) system cannot take \(right.rows) rows")
        guard rows > 0, right.columns > 0 else { return right }
        var factor = values
        for index in 0..<rows { factor[index * columns + index] += ridge }
        var n = Int32(rows), leading = n, info: Int32 = 0
        spotrf_("L", &n, &factor, &leading, &info)
        guard info == 0 else { return nil }
        // Column-major "lower" lies as "upper" in row-major order: A = R^T R.
        var solution = right
        let k = Int32(right.columns)
        solution.values.withUnsafeMutableBufferPointer { b in
            factor.withUnsafeBufferPointer { r in
                cblas_strsm(CblasRowMajor, CblasLeft, CblasUpper, CblasTrans, CblasNonUnit, n, k, 1, r.baseAddress, n, b.baseAddress, k)
                cblas_strsm(CblasRowMajor, CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, n, k, 1, r.baseAddress, n, b.baseAddress, k)
            }
        }
        return solution
    }
}
