import Glibc
package import LinearAlgebra

/// Mean and deviation of each column of some rows, to bring rows to mean 0 and deviation 1.
package struct Standardisation: Equatable, Sendable {
    private let mean: [Float], factors: [Float]

    /// Of no columns: changes nothing.
    init() { (mean, factors) = ([], []) }

    /// From `n x p` rows; a constant column gets the mean deviation of all.
    package init(_ rows: Matrix) {
        let share = 1 / Float(max(1, rows.rows))
        mean = rows.columnSums.map { $0 * share }
        var squares = rows
        squares.addToRows(mean, scale: -1)
        for index in squares.values.indices { squares.values[index] *= squares.values[index] }
        let deviations = squares.columnSums.map { sqrtf($0 * share) }
        let typical = deviations.reduce(0, +) / Float(max(1, deviations.count))
        factors = deviations.map { $0 > 1e-6 * typical && $0 > 0 ? 1 / $0 : typical > 0 ? 1 / typical : 1 }
    }

    package func apply(_ rows: Matrix) -> Matrix {
        guard !mean.isEmpty else { return rows }
        var result = rows
        result.addToRows(mean, scale: -1)
        return result.scalingColumns(factors)
    }
}
