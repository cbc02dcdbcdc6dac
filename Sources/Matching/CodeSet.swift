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
    /// How codes are compared; `nil`: by their cosine.
    let blockScore: BlockScore?

    /// `similarities` are the items' mean neighbour similarities, `nil` where scores are cosines.
    public init(items: [Item], codes: Matrix, similarities: [Float]? = nil, blockScore: BlockScore? = nil) {
        precondition(items.count == codes.rows && similarities?.count ?? items.count == items.count, "every item has a code")
        losses = similarities?.map { $0 / 2 } ?? [Float](repeating: 0, count: items.count)
        self.items = items
        self.codes = codes
        self.blockScore = blockScore
    }

    /// Throws when the shard cannot be read.
    public init(_ shard: Shard) throws {
        self.init(items: shard.items, codes: try shard.codes(), similarities: shard.similarities, blockScore: shard.score)
    }

    /// The items of a range of rows.
    func rows(_ range: Range<Int>) -> CodeSet {
        CodeSet(
            items: Array(items[range]),
            codes: Matrix(
                rows: range.count, columns: codes.columns,
                values: Array(codes.values[range.lowerBound * codes.columns..<range.upperBound * codes.columns])),
            losses: Array(losses[range]), blockScore: blockScore)
    }

    private init(items: [Item], codes: Matrix, losses: [Float], blockScore: BlockScore?) {
        (self.items, self.codes, self.losses, self.blockScore) = (items, codes, losses, blockScore)
    }

    /// The score of an item with an item of the other modality: the cosine, or what the snapshot has in its place, less what either
    /// loses, in one order of sums everywhere.
    func score(_ row: Int, _ candidates: CodeSet, _ candidate: Int) -> Float {
        let score = candidates.blockScore?.score(codes, row, candidates.codes, candidate) ?? codes.dot(row, candidates.codes, candidate)
        return score - (losses[row] + candidates.losses[candidate])
    }

    /// The scores of all items with all candidates but for what either loses, good to `ExactJoin.slack`.
    func products(_ candidates: CodeSet) -> Matrix {
        candidates.blockScore?.scores(codes, candidates.codes) ?? Matrix.product(codes, .asIs, candidates.codes, .transposed)
    }
}
