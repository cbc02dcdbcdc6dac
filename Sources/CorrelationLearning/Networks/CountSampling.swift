import LinearAlgebra

/// Draws of word counts.
enum CountSampling {
    /// For each row of expected counts, as many draws as it sums to (rounded), by the inverse of its running sums.
    ///
    /// `n x words` expected counts; a row's draws depend on `key` and its number alone. `n words + draws log words` steps.
    static func draw(_ expected: Matrix, key: UInt64) -> Matrix {
        var counts = Matrix(rows: expected.rows, columns: expected.columns)
        var sums = [Float](repeating: 0, count: expected.columns)
        for row in 0..<expected.rows {
            let base = row * expected.columns
            var total: Float = 0
            for column in sums.indices {
                total += expected.values[base + column]
                sums[column] = total
            }
            guard total > 0, total.isFinite else { continue }
            var generator = SeededGenerator(seed: SeededGenerator.mixed(key &+ UInt64(row)))
            for _ in 0..<Int(total.rounded()) {
                let mark = generator.uniform() * total
                var (low, high) = (0, sums.count - 1)
                while low < high {
                    let middle = (low + high) / 2
                    if sums[middle] < mark { low = middle + 1 } else { high = middle }
                }
                counts.values[base + low] += 1
            }
        }
        return counts
    }
}
