import LinearAlgebra

/// What hubness correction takes from the scores of each item: half the mean of its highest cosines to items of the other modality.
///
/// What comes in: cosines, a row per item. What goes out: a loss per row. Searching has the same with one order of sums
/// (`HubnessCorrection` of Matching); here two are compared, and last bits do not count.
enum NeighbourLosses {
    /// `known` says of which items anything is known: the others lose one half, as near to all.
    static func of(_ cosines: Matrix, neighbours: Int, known: [Bool]) -> [Float] {
        let count = min(neighbours, cosines.columns)
        return known.indices.map { row in
            guard known[row] else { return 0.5 }
            return count > 0 ? highest(count, of: cosines.values[row * cosines.columns..<(row + 1) * cosines.columns]).reduce(0, +) / Float(2 * count) : 0
        }
    }

    /// In ascending order.
    private static func highest(_ count: Int, of values: ArraySlice<Float>) -> [Float] {
        var kept = values.prefix(count).sorted()
        values.dropFirst(count).withUnsafeBufferPointer { values in
            for value in values where value > kept[0] {
                var place = 1
                while place < count, kept[place] < value {
                    kept[place - 1] = kept[place]
                    place += 1
                }
                kept[place - 1] = value
            }
        }
        return kept
    }
}
