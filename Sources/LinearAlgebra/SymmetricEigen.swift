import COpenBLAS

/// The eigenvalues and eigenvectors of a symmetric matrix: `A = vectors^T diag(values) vectors` (LAPACK `ssyevd`).
public struct SymmetricEigen: Equatable, Sendable {
    /// The eigenvalues, largest first.
    public let values: [Float]
    /// `n x n`; row `i` is the unit eigenvector of `values[i]`.
    public let vectors: Matrix

    /// Decomposes a symmetric `n x n` matrix in about `9 n^3` operations; only one triangle is read.
    ///
    /// `nil` when a value is not finite or LAPACK does not converge.
    public init?(_ matrix: Matrix) {
        precondition(matrix.rows == matrix.columns, "eigenvectors need a square matrix, not \(matrix.rows) x \(matrix.columns)")
        guard matrix.isFinite else { return nil }
        let count = matrix.rows
        guard count > 0 else {
            values = []
            vectors = matrix
            return
        }
        var n = Int32(count), info: Int32 = 0
        var leading = n
        var buffer = matrix.values
        var ascending = [Float](repeating: 0, count: count)
        var work: [Float] = [0], integerWork: [Int32] = [0]
        var workCount: Int32 = -1, integerCount: Int32 = -1
        ssyevd_("V", "U", &n, &buffer, &leading, &ascending, &work, &workCount, &integerWork, &integerCount, &info)
        guard info == 0 else { return nil }
        // The size comes back as a float, which may be rounded down.
        workCount = Int32(work[0] * 1.0001) + 1
        integerCount = integerWork[0]
        work = [Float](repeating: 0, count: Int(workCount))
        integerWork = [Int32](repeating: 0, count: Int(integerCount))
        ssyevd_("V", "U", &n, &buffer, &leading, &ascending, &work, &workCount, &integerWork, &integerCount, &info)
        guard info == 0 else { return nil }
        values = ascending.reversed()
        vectors = Matrix(rows: count, columns: count, values: buffer).gathering(Array((0..<count).reversed()))
    }
}
