/// How codes of two blocks are compared: by a cosine of the first that is sharpened, so that it speaks where two items are much alike and
/// hardly elsewhere, and a cosine of the second as it is.
///
///     score = (1 - share) max(0, a1 . b1 / |a1| |b1|)^5 + share a2 . b2 / |a2| |b2|
///
/// A weighted mean of both cosines cannot do that: what tells one partner from its like is lost in the second, or the second in the many
/// small cosines of the first. Of the powers 3, 5 and 7 the fifth served photographs with sentences best (docs/benchmarks.md). Codes are unit rows whose second block has the squared length `secondLength`.
public struct BlockScore: Codable, Equatable, Sendable {
    public let firstColumns: Int
    public let secondLength: Float
    /// How much the second block counts, 0 to 1.
    public let share: Float

    /// `nil` unless there are two blocks, and both count.
    public init?(firstColumns: Int, secondLength: Float, share: Float) {
        guard firstColumns > 0, secondLength > 0, secondLength < 1, (0...1).contains(share) else { return nil }
        (self.firstColumns, self.secondLength, self.share) = (firstColumns, secondLength, share)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard
            let found = BlockScore(
                firstColumns: try container.decode(Int.self, forKey: .firstColumns), secondLength: try container.decode(Float.self, forKey: .secondLength),
                share: try container.decode(Float.self, forKey: .share))
        else { throw DecodingError.dataCorruptedError(forKey: .share, in: container, debugDescription: "a score of two blocks that do not both count") }
        self = found
    }

    /// The score of products of both blocks.
    private func score(_ first: Float, _ second: Float) -> Float {
        let cosine = max(0, first / (1 - secondLength))
        let square = cosine * cosine
        return (1 - share) * (square * square * cosine) + share * (second / secondLength)
    }

    /// Scores of all rows of `codes` (`n x d`) with all of `others` (`m x d`), as `n x m`; last bits differ by machine, as those of products.
    public func scores(_ codes: borrowing Matrix, _ others: borrowing Matrix) -> Matrix {
        var first = Matrix.product(codes.slicingColumns(0..<firstColumns), .asIs, others.slicingColumns(0..<firstColumns), .transposed)
        let second = Matrix.product(
            codes.slicingColumns(firstColumns..<codes.columns), .asIs, others.slicingColumns(firstColumns..<others.columns), .transposed)
        second.values.withUnsafeBufferPointer { second in
            first.values.withUnsafeMutableBufferPointer { first in
                for index in first.indices { first[index] = score(first[index], second[index]) }
            }
        }
        return first
    }

    /// The score of two rows, in one order of sums on every machine.
    public func score(_ codes: borrowing Matrix, _ row: Int, _ others: borrowing Matrix, _ other: Int) -> Float {
        score(codes.dot(row, others, other, columns: 0..<firstColumns), codes.dot(row, others, other, columns: firstColumns..<codes.columns))
    }
}
