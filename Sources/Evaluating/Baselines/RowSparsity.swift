import Glibc
import LinearAlgebra

/// The norm `||W||_{2,1}` of groups of adjacent rows of a map, as the iteratively reweighted squares that its minimisers use.
///
/// `sum_g ||W_g||`, where a norm is `sqrt(|W_g|^2 + smallest^2)`; near `W` it is `sum_g |W_g|^2 / (2 ||W_g||)` and a constant, from
/// above (Nie, Huang, Cai, Ding, NIPS 2010).
struct RowSparsity {
    /// Rows in a group; the last may be smaller.
    let groupRows: Int

    private static let smallest: Float = 1e-4

    func norm(_ map: Matrix) -> Double { groupNorms(map).reduce(0) { $0 + Double($1) } }

    /// `1 / (2 ||W_g||)` for each row.
    func weights(_ map: Matrix) -> [Float] {
        let norms = groupNorms(map)
        return (0..<map.rows).map { 1 / (2 * norms[$0 / groupRows]) }
    }

    private func groupNorms(_ map: Matrix) -> [Float] {
        let squares = map.rowNorms.map { $0 * $0 }
        return stride(from: 0, to: map.rows, by: groupRows).map { first in
            sqrtf(squares[first..<min(map.rows, first + groupRows)].reduce(Self.smallest * Self.smallest, +))
        }
    }
}

extension Matrix {
    /// This square matrix with `weights` times `scale` added to its diagonal.
    func addingDiagonal(_ weights: [Float], scale: Float) -> Matrix {
        precondition(rows == columns && weights.count == rows, "\(weights.count) weights do not fit a \(rows) x \(columns) diagonal")
        var result = self
        for index in 0..<rows { result[index, index] += weights[index] * scale }
        return result
    }
}
