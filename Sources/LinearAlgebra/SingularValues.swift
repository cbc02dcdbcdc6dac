import COpenBLAS

/// The thin singular value decomposition `A = left diag(values) right` (LAPACK `sgesdd`).
public struct SingularValues: Equatable, Sendable {
    /// `m x k` with orthonormal columns, `k = min(m, n)`.
    public let left: Matrix
    /// The `k` singular values, largest first.
    public let values: [Float]
    /// `k x n` with orthonormal rows.
    public let right: Matrix

    /// Decomposes an `m x n` matrix in about `6 max(m, n) k^2` operations.
    ///
    /// `nil` when a value is not finite or LAPACK does not converge.
    public init?(_ matrix: Matrix) {
        guard matrix.isFinite else { return nil }
        let count = min(matrix.rows, matrix.columns)
        guard count > 0 else {
            left = Matrix(rows: matrix.rows, columns: 0)
            values = []
            right = Matrix(rows: 0, columns: matrix.columns)
            return
        }
        // Row-major A is column-major A^T, whose factors are ours exchanged.
        var m = Int32(matrix.columns), n = Int32(matrix.rows), k = Int32(count), info: Int32 = 0
        var leadingA = m, leadingU = m
        var buffer = matrix.values
        var singular = [Float](repeating: 0, count: count)
        var u = [Float](repeating: 0, count: matrix.columns * count)
        var vt = [Float](repeating: 0, count: count * matrix.rows)
        var work: [Float] = [0]
        var integerWork = [Int32](repeating: 0, count: 8 * count)
        var workCount: Int32 = -1
        sgesdd_("S", &m, &n, &buffer, &leadingA, &singular, &u, &leadingU, &vt, &k, &work, &workCount, &integerWork, &info)
        guard info == 0 else { return nil }
        // The size comes back as a float, which may be rounded down.
        workCount = Int32(work[0] * 1.0001) + 1
        work = [Float](repeating: 0, count: Int(workCount))
        sgesdd_("S", &m, &n, &buffer, &leadingA, &singular, &u, &leadingU, &vt, &k, &work, &workCount, &integerWork, &info)
        guard info == 0 else { return nil }
        left = Matrix(rows: matrix.rows, columns: count, values: vt)
        values = singular
        right = Matrix(rows: count, columns: matrix.columns, values: u)
    }
}
