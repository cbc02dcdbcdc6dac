import COpenBLAS

/// Whether a factor of a product is taken as it lies or turned.
public enum Orientation: Sendable {
    case asIs, transposed

    fileprivate var cblas: CBLAS_TRANSPOSE { self == .asIs ? CblasNoTrans : CblasTrans }
}

extension Matrix {
    /// `self = alpha * op(a) op(b) + beta * self`, by OpenBLAS `sgemm`; shapes are checked.
    ///
    /// Its last bits differ between CPU models and thread counts; do not order or break ties by it.
    public mutating func setProduct(
        _ a: borrowing Matrix, _ orientationA: Orientation = .asIs, _ b: borrowing Matrix, _ orientationB: Orientation = .asIs,
        alpha: Float = 1, beta: Float = 0
    ) {
        let (m, k) = orientationA == .asIs ? (a.rows, a.columns) : (a.columns, a.rows)
        let (k2, n) = orientationB == .asIs ? (b.rows, b.columns) : (b.columns, b.rows)
        precondition(k == k2 && rows == m && columns == n, "product shapes: (\(m) x \(k)) (\(k2) x \(n)) into \(rows) x \(columns)")
        guard m > 0, n > 0 else { return }
        let (aStride, bStride, cStride) = (max(1, a.columns), max(1, b.columns), columns)
        a.values.withUnsafeBufferPointer { a in
            b.values.withUnsafeBufferPointer { b in
                values.withUnsafeMutableBufferPointer { c in
                    cblas_sgemm(
                        CblasRowMajor, orientationA.cblas, orientationB.cblas, Int32(m), Int32(n), Int32(k), alpha,
                        a.baseAddress, Int32(aStride), b.baseAddress, Int32(bStride), beta, c.baseAddress, Int32(cStride))
                }
            }
        }
    }

    /// `op(a) op(b)` as a new matrix.
    public static func product(
        _ a: borrowing Matrix, _ orientationA: Orientation = .asIs, _ b: borrowing Matrix, _ orientationB: Orientation = .asIs
    ) -> Matrix {
        var result = Matrix(
            rows: orientationA == .asIs ? a.rows : a.columns, columns: orientationB == .asIs ? b.columns : b.rows)
        result.setProduct(a, orientationA, b, orientationB)
        return result
    }
}
