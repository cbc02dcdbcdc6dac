extension Matrix {
    /// Some neighbouring columns.
    public func slicingColumns(_ range: Range<Int>) -> Matrix {
        var chosen: [Float] = []
        chosen.reserveCapacity(rows * range.count)
        for row in 0..<rows { chosen += values[row * columns + range.lowerBound..<row * columns + range.upperBound] }
        return Matrix(rows: rows, columns: range.count, values: chosen)
    }

    /// As many leading columns as there are factors, each times its own; one copy, since there may be gigabytes of rows.
    public func leadingColumns(times factors: [Float]) -> Matrix {
        let width = factors.count
        precondition(width <= columns, "\(width) factors for \(columns) columns")
        return Matrix(
            rows: rows, columns: width,
            values: [Float](unsafeUninitializedCapacity: rows * width) { chosen, count in
                for row in 0..<rows {
                    for column in 0..<width { chosen[row * width + column] = values[row * columns + column] * factors[column] }
                }
                count = rows * width
            })
    }
}
