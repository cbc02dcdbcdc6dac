import CorrelationLearning
import Glibc
import LinearAlgebra

/// Which rows are near each other: the `k` nearest by cosine, either way.
struct NeighbourGraph {
    /// `n x p`: the normalised Laplacian `I - D^-1/2 W D^-1/2` of the graph times `x`, where `W` is 1 for neighbours.
    ///
    /// `rows` and `x` have `n` rows; `n^2 p` operations.
    static func laplacian(of rows: Matrix, neighbours: Int, times x: Matrix) -> Matrix {
        let unit = rows.normalizingRows
        let cosines = Matrix.product(unit, .asIs, unit, .transposed)
        var adjacency = Matrix(rows: rows.rows, columns: rows.rows)
        var order = DescendingOrder()
        for row in 0..<rows.rows {
            var rank = 0
            order.forEach(cosines.values[row * rows.rows..<(row + 1) * rows.rows]) { other in
                if other != row, rank < neighbours {
                    adjacency[row, other] = 1
                    adjacency[other, row] = 1
                    rank += 1
                }
            }
        }
        let factors = adjacency.rowSums.map { $0 > 0 ? 1 / sqrtf($0) : 0 }
        var result = x
        result.add(Matrix.product(adjacency, x.scalingRows(factors)).scalingRows(factors), scale: -1)
        return result
    }
}
