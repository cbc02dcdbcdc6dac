public import LinearAlgebra

/// Rows in groups of any size: the parts (regions, fragments) of each document of a set.
public struct RaggedRows: Equatable, Sendable {
    /// `m x d`: the parts of all groups, group by group.
    public let values: Matrix
    /// `n + 1` ascending places in `values`: group `i` has the rows `offsets[i]..<offsets[i + 1]`, possibly none.
    public let offsets: [Int]

    /// Takes parts and where each group begins; the last offset is the number of rows.
    public init(values: Matrix, offsets: [Int]) {
        precondition(offsets.first == 0 && offsets.last == values.rows, "offsets go from 0 to the \(values.rows) rows of the parts")
        precondition(zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 }, "offsets ascend")
        self.values = values
        self.offsets = offsets
    }

    /// How many groups there are.
    public var count: Int { offsets.count - 1 }

    /// The places of a group's rows in `values`.
    public func range(_ group: Int) -> Range<Int> { offsets[group]..<offsets[group + 1] }

    /// The groups at `indices`, in that order.
    public func gathering(_ indices: [Int]) -> RaggedRows {
        var offsets = [0]
        for index in indices { offsets.append(offsets[offsets.count - 1] + range(index).count) }
        return RaggedRows(values: values.gathering(indices.flatMap { Array(range($0)) }), offsets: offsets)
    }

    /// `n x d`: the mean of each group; of a group without rows, the row of `fallback`.
    public func means(or fallback: Matrix) -> Matrix {
        precondition(fallback.rows == count && fallback.columns == values.columns, "the fallback has a row per group")
        var means = Matrix(rows: count, columns: values.columns)
        for group in 0..<count {
            let rows = range(group)
            if rows.isEmpty { means.addRow(group, of: fallback, at: group, scale: 1) }
            for row in rows { means.addRow(group, of: values, at: row, scale: 1 / Float(rows.count)) }
        }
        return means
    }
}
