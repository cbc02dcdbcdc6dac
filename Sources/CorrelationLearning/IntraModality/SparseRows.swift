import LinearAlgebra

/// Sparse rows over a vocabulary, one after the other: term counts of sheets, weighted. Eight bytes an entry.
struct SparseRows {
    /// How many columns the dense matrix would have.
    let columns: Int
    /// Where each row begins among the entries, and where the last one ends.
    private var offsets = [0]
    private var places: [Int32] = [], values: [Float] = []

    init(columns: Int) { self.columns = columns }

    var count: Int { offsets.count - 1 }

    /// Adds a row: its columns, ascending, and their values.
    mutating func append(_ row: (columns: [Int], values: [Float])) {
        for column in row.columns { places.append(Int32(column)) }
        values += row.values
        offsets.append(values.count)
    }

    /// Whether a row has any entry.
    func hasEntries(_ row: Int) -> Bool { offsets[row] < offsets[row + 1] }

    /// At most `most` rows, evenly spread.
    func spread(_ most: Int) -> SparseRows {
        guard count > most else { return self }
        var chosen = SparseRows(columns: columns)
        for row in Array(0..<count).spread(most) {
            let range = offsets[row]..<offsets[row + 1]
            chosen.places += places[range]
            chosen.values += values[range]
            chosen.offsets.append(chosen.values.count)
        }
        return chosen
    }

    /// `self * dense`: `count x k`, in time proportional to the entries times `k`.
    func product(_ dense: borrowing Matrix) -> Matrix {
        var result = Matrix(rows: count, columns: dense.columns)
        for row in 0..<count {
            for entry in offsets[row]..<offsets[row + 1] { result.addRow(row, of: dense, at: Int(places[entry]), scale: values[entry]) }
        }
        return result
    }

    /// `self^T * dense`: `columns x k`, in time proportional to the entries times `k`.
    func transposedProduct(_ dense: borrowing Matrix) -> Matrix {
        var result = Matrix(rows: columns, columns: dense.columns)
        for row in 0..<count {
            for entry in offsets[row]..<offsets[row + 1] { result.addRow(Int(places[entry]), of: dense, at: row, scale: values[entry]) }
        }
        return result
    }

    /// The leading right singular vectors (`columns x k`) and values, by seeded randomised subspace iteration
    /// (Halko, Martinsson, Tropp 2011): exact when there are no more than `count + 16` rows. `nil` when not finite.
    func leadingComponents(_ count: Int, generator: inout SeededGenerator) -> (vectors: Matrix, values: [Float])? {
        let width = min(count + 16, self.count, columns)
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
