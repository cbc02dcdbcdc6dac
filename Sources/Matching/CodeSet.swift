public import Documents
public import Indexing
public import LinearAlgebra

/// Items with their codes, in memory: a block of queries, or a shard of candidates.
public struct CodeSet: Sendable {
    public let items: [Item]
    /// A unit row per item.
    public let codes: Matrix
    /// What hubness correction takes from the scores of each item: half its mean neighbour similarity; zeros without correction.
    let losses: [Float]

    /// `similarities` are the items' mean neighbour similarities, `nil` where scores are cosines.
    public init(items: [Item], codes: Matrix, similarities: [Float]? = nil) {
        precondition(items.count == codes.rows && similarities?.count ?? items.count == items.count, "every item has a code")
        losses = similarities?.map { $0 / 2 } ?? [Float](repeating: 0, count: items.count)
        self.items = items
        self.codes = codes
    }

    /// Throws when the shard cannot be read.
    public init(_ shard: Shard) throws {
        self.init(items: shard.items, codes: try shard.codes(), similarities: shard.similarities)
    }

    /// The items of a range of rows.
    func rows(_ range: Range<Int>) -> CodeSet {
        CodeSet(
            items: Array(items[range]),
            codes: Matrix(
                rows: range.count, columns: codes.columns,
                values: Array(codes.values[range.lowerBound * codes.columns..<range.upperBound * codes.columns])),
            losses: Array(losses[range]))
    }

    private init(items: [Item], codes: Matrix, losses: [Float]) { (self.items, self.codes, self.losses) = (items, codes, losses) }

    /// The score of an item with an item of the other modality: the cosine less what either loses, in one order of sums everywhere.
    func score(_ row: Int, _ candidates: CodeSet, _ candidate: Int) -> Float {
        codes.dot(row, candidates.codes, candidate) - (losses[row] + candidates.losses[candidate])
    }
}
