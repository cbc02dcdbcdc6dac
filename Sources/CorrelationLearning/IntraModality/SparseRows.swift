import LinearAlgebra

/// Sparse rows over a vocabulary: term counts of sheets, weighted.
struct SparseRows {
    /// How many columns the dense matrix would have.
    let columns: Int
    /// Per row: its columns, ascending, and their values.
    var rows: [(columns: [Int], values: [Float])]

    /// `self * dense`: `rows x k`, in time proportional to the entries times `k`.
    func product(_ dense: borrowing Matrix) -> Matrix {
        var result = Matrix(rows: rows.count, columns: dense.columns)
        for (index, row) in rows.enumerated() {
            for (column, value) in zip(row.columns, row.values) { result.addRow(index, of: dense, at: column, scale: value) }
        }
        return result
    }

    /// `self^T * dense`: `columns x k`, in time proportional to the entries times `k`.
    func transposedProduct(_ dense: borrowing Matrix) -> Matrix {
        var result = Matrix(rows: columns, columns: dense.columns)
        for (index, row) in rows.enumerated() {
            for (column, value) in zip(row.columns, row.values) { result.addRow(column, of: dense, at: index, scale: value) }
        }
        return result
    }

    /// The leading right singular vectors (`columns x k`) and values, by seeded randomised subspace iteration
    /// (Halko, Martinsson, Tropp 2011): exact when there are no more than `count + 16` rows. `nil` when not finite.
    func leadingComponents(_ count: Int, generator: inout SeededGenerator) -> (vectors: Matrix, values: [Float])? {
        let width = min(count + 16, rows.count, columns)
        let sketch = Matrix(
            rows: columns, columns: width, values: generator.normalMatrix(rows: columns, columns: width, deviation: 1))
        guard var basis = SingularValues(product(sketch))?.left else { return nil }
        for _ in 0..<3 {
            guard let next = SingularValues(product(transposedProduct(basis)))?.left else { return nil }
            basis = next
        }
        guard let decomposition = SingularValues(transposedProduct(basis)) else { return nil }
        let largest = decomposition.values.first ?? 0
        let kept = decomposition.values.prefix(count).prefix { $0 > 1e-4 * largest && $0 > 1e-9 }.count
        let vectors = decomposition.left.transposed.gathering(Array(0..<kept)).transposed
        return (vectors, Array(decomposition.values.prefix(kept)))
    }
}
