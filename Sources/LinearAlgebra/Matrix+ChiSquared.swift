import CKernels

extension Matrix {
    /// Rows of `b` that stay in the cache while rows of `a` pass.
    private static var chiSquaredBlock: Int { 64 }

    /// Chi-squared distances of histograms, `sum (a - b)^2 / (a + b)`, from each row of `a` (`n x d`) to each of `b` (`m x d`).
    ///
    /// Nothing may be negative; where both are 0 a term is 0. `n x m` numbers for `n m d` divisions.
    public static func chiSquaredDistances(_ a: borrowing Matrix, _ b: borrowing Matrix) -> Matrix {
        precondition(a.columns == b.columns, "rows of different lengths")
        var result = Matrix(rows: a.rows, columns: b.rows)
        let (n, m, d) = (a.rows, b.rows, a.columns)
        a.values.withUnsafeBufferPointer { a in
            b.values.withUnsafeBufferPointer { b in
                result.values.withUnsafeMutableBufferPointer { out in
                    guard let a = a.baseAddress, let b = b.baseAddress, let out = out.baseAddress else { return }
                    for first in stride(from: 0, to: m, by: chiSquaredBlock) {
                        let rows = min(chiSquaredBlock, m - first)
                        for row in 0..<n { kernel_chi_squared(out + row * m + first, a + row * d, b + first * d, rows, d) }
                    }
                }
            }
        }
        return result
    }
}
