import LinearAlgebra

/// What hubness correction takes from the scores of each item: half the mean of its highest cosines to items of the other modality.
///
/// What comes in: cosines, a row per item. What goes out: a loss per row. Searching has the same with one order of sums
/// (`HubnessCorrection` of Matching); here two are compared, and last bits do not count.
enum NeighbourLosses {
    /// `known` says of which items anything is known: the others lose one half, as near to all.
    static func of(_ cosines: Matrix, neighbours: Int, known: [Bool]) -> [Float] {
        known.indices.map { row in
            guard known[row] else { return 0.5 }
            let range = row * cosines.columns..<(row + 1) * cosines.columns
            var nearest = Highest(count: neighbours)
            nearest.insert(cosines.values[range]) { cosines.values[range.lowerBound + $0] }
            return nearest.mean / 2
        }
    }
}
