import CorrelationLearning
import Glibc
import LinearAlgebra

/// Explicit features whose products are close to a kernel's: `k(a, b) = f(a) f(b)`, from its leading pivots.
///
/// Pivots are chosen as incomplete Cholesky does (Bach, Jordan, JMLR 2002): always the row that the pivots so far explain least.
/// They are the landmarks of a `LandmarkMap`. `n m^2` operations for `m` pivots.
struct KernelFeatures {
    private let kernel: RowKernel
    private let pivots: KernelRows
    /// Directions without weight are left out.
    private let map: LandmarkMap

    /// `nil` when the kernel is not finite.
    init?(_ rows: KernelRows, _ kernel: RowKernel, count: Int) {
        let values = rows.values(kernel)
        let chosen = Self.pivots(values, count: count)
        let among = Matrix(
            rows: chosen.count, columns: chosen.count, values: chosen.flatMap { row in chosen.map { values[row, $0] } })
        guard values.isFinite, let map = LandmarkMap(among: among, rank: count, above: 1e-6) else { return nil }
        (self.kernel, self.map) = (kernel, map)
        pivots = rows.gathering(chosen)
    }

    /// `n x d` features of `n x p` rows.
    func of(_ features: Matrix) -> Matrix { map.features(of: pivots.values(kernel, of: features)) }

    private static func pivots(_ values: Matrix, count: Int) -> [Int] {
        var left = (0..<values.rows).map { values[$0, $0] }
        let enough = (left.max() ?? 0) * 1e-5
        var factor = Matrix(rows: min(count, values.rows), columns: values.rows)
        var chosen: [Int] = []
        while chosen.count < factor.rows, let pivot = left.indices.max(by: { left[$0] < left[$1] }), left[pivot] > enough {
            let place = chosen.count
            var row = Matrix(rows: 1, columns: values.rows, values: values.row(pivot))
            for earlier in 0..<place { row.addRow(0, of: factor, at: earlier, scale: -factor[earlier, pivot]) }
            factor.addRow(place, of: row, at: 0, scale: 1 / sqrtf(left[pivot]))
            for index in left.indices { left[index] -= factor[place, index] * factor[place, index] }
            left[pivot] = 0
            chosen.append(pivot)
        }
        return chosen
    }
}
