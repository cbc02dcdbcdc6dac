public import LinearAlgebra

extension RetrievalFigures {
    /// How early each row of scores finds the best of its right columns; `truths` has these for each row, at least one.
    ///
    /// The rank is pessimistic: every other score that is equal, or is no number, counts as better. A method that gives all
    /// candidates one score is last everywhere, not first.
    public init(scores: Matrix, truths: [[Int]]) {
        self.init(ranks: Self.ranks(scores: scores, truths: truths), candidates: scores.columns)
    }

    /// The rank of each row's best right column.
    static func ranks(scores: Matrix, truths: [[Int]]) -> [Int] {
        precondition(truths.count == scores.rows && truths.allSatisfy { !$0.isEmpty }, "every query has a right candidate")
        let count = scores.columns
        return truths.enumerated().map { row, right in
            let best = right.reduce(-Float.infinity) { max($0, scores[row, $1]) }
            var worse: Int32 = 0
            for index in row * count..<(row + 1) * count { worse += scores.values[index] < best ? 1 : 0 }
            // Of the right ones that are no worse than the best, only one is needed.
            let others = right.count { !(scores[row, $0] < best) } - 1
            return count - Int(worse) - others
        }
    }
}
