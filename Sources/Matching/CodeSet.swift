public import Documents
public import Indexing
public import LinearAlgebra

/// Items with their codes, in memory: a block of queries, or a shard of candidates.
public struct CodeSet: Sendable {
    public let items: [Item]
    /// A unit row per item.
    public let codes: Matrix

    public init(items: [Item], codes: Matrix) {
        precondition(items.count == codes.rows, "every item has a code")
        self.items = items
        self.codes = codes
    }

    /// Throws when the shard cannot be read.
    public init(_ shard: Shard) throws {
        self.init(items: shard.items, codes: try shard.codes())
    }

    /// The items of a range of rows.
    func rows(_ range: Range<Int>) -> CodeSet {
        CodeSet(
            items: Array(items[range]),
            codes: Matrix(
                rows: range.count, columns: codes.columns,
                values: Array(codes.values[range.lowerBound * codes.columns..<range.upperBound * codes.columns])))
    }
}
