public import Indexing
public import LinearAlgebra

/// Hubness correction (CSLS: Conneau, Lample, Ranzato, Denoyer, Jégou, ICLR 2018, section 2.3): candidates that are near to everything
/// come first for everybody otherwise.
///
/// With `r` an item's mean neighbour similarity, the mean cosine to its `neighbours` nearest items of the other modality,
///
///     score(image, sheet) = cosine - r(image) / 2 - r(sheet) / 2
///
/// which is half of CSLS and orders the same. Neighbours are sought among the snapshot's own contents, which needs no labels: the codes of
/// pairs that taught lie nearer to each other than what is searched for does (docs/method.md).
public struct HubnessCorrection: Sendable {
    public let neighbours: Int
    /// Rows that neighbours are sought among at most, the first by digest: digests are as good as drawn at random.
    static let mostReferences = 20_000
    /// Rows of codes whose cosines are in memory at once.
    private static let block = 256

    public init(neighbours: Int) {
        precondition(neighbours > 0, "some neighbours count")
        self.neighbours = neighbours
    }

    /// Those of every row of a snapshot; `O(n m d)`, m at most `mostReferences`. Throws when a shard cannot be read.
    public func similarities(images: [Shard], sheets: [Shard]) throws -> NeighbourSimilarities {
        func all(_ shards: [Shard], among others: [Shard]) throws -> [Float] {
            let references = try Self.references(others)
            return try shards.flatMap { similarities(of: try $0.codes(), among: references) }
        }
        return NeighbourSimilarities(neighbours: neighbours, images: try all(images, among: sheets), sheets: try all(sheets, among: images))
    }

    /// Those of codes that may not be in the snapshot, as if they were. Throws when a shard cannot be read.
    public func similarities(of codes: Matrix, among shards: [Shard]) throws -> [Float] {
        similarities(of: codes, among: try Self.references(shards))
    }

    /// The mean cosine of each unit row to its nearest references (of fewer than `neighbours`, all); 0 where there are none. A row of
    /// zeros, of which nothing is known, counts as near to all: 1, so that it comes last. The same to the last bit, whatever rows are asked
    /// for together.
    public func similarities(of codes: Matrix, among references: Matrix) -> [Float] {
        guard references.rows > 0 else { return [Float](repeating: 0, count: codes.rows) }
        var similarities: [Float] = []
        for start in stride(from: 0, to: codes.rows, by: Self.block) {
            let rows = Array(start..<min(start + Self.block, codes.rows))
            let cosines = Matrix.product(codes.gathering(rows), .asIs, references, .transposed)
            for (place, row) in rows.enumerated() {
                guard (0..<codes.columns).contains(where: { codes[row, $0] != 0 }) else {
                    similarities.append(1)
                    continue
                }
                var nearest = Highest(count: neighbours)
                nearest.insert(cosines.values[place * cosines.columns..<(place + 1) * cosines.columns], slack: ExactJoin.slack) { codes.dot(row, references, $0) }
                similarities.append(nearest.mean)
            }
        }
        return similarities
    }

    /// Corrected scores of images (rows) and sheets in memory, with neighbours among all contents of an archive, which should include these.
    public func scores(images: Matrix, sheets: Matrix, allImages: Matrix, allSheets: Matrix) -> Matrix {
        var scores = Matrix.product(images, .asIs, sheets, .transposed)
        scores.addToRows(similarities(of: sheets, among: allImages), scale: -0.5)
        scores.addToColumns(similarities(of: images, among: allSheets), scale: -0.5)
        return scores
    }

    private static func references(_ shards: [Shard]) throws -> Matrix {
        var values: [Float] = [], rows = 0
        for shard in shards where rows < mostReferences {
            let count = min(shard.items.count, mostReferences - rows)
            values += try shard.codes().values.prefix(count * shard.dimension)
            rows += count
        }
        return Matrix(rows: rows, columns: shards.first?.dimension ?? 0, values: values)
    }
}
