public import LinearAlgebra

extension RetrievalFigures {
    /// How early each row of a square matrix of scores finds the column of the same index, its partner.
    ///
    /// The rank is pessimistic: every other score that is equal, or is no number, counts as better. A method that gives all
    /// candidates one score is last everywhere, not first.
    public init(partnerScores scores: Matrix) {
        precondition(scores.rows == scores.columns, "every query has a partner")
        let count = scores.columns
        let ranks = (0..<scores.rows).map { row in
            let partner = scores[row, row]
            var worse: Int32 = 0
            for index in row * count..<(row + 1) * count { worse += scores.values[index] < partner ? 1 : 0 }
            return count - Int(worse)
        }
        self.init(ranks: ranks, candidates: count)
    }
}
