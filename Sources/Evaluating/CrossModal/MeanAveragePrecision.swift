public import LinearAlgebra

/// Mean average precision of ranked lists, where a candidate is right when it has the query's label.
///
/// `AP = sum over hits of (hits so far / rank) / hits in the list`, 0 for a list without a hit; the mean is over all queries
/// (Rasiwasia et al. 2010; the scripts of Peng et al., arXiv 1704.02116, section 6 of the notes). A query's own partner is a
/// candidate like all others, and a hit.
public struct MeanAveragePrecision: Codable, Equatable, Sendable {
    /// Over the whole list.
    public var all: Double
    /// Over the first 50; the divisor is the hits among these, so it is larger than `all`: never compare one with the other.
    public var first50: Double

    /// `scores` is `queries x candidates`, larger is better; equal scores are ordered by index, what is no number comes last.
    ///
    /// About 20 operations per score, whatever the values.
    public init(scores: Matrix, queryLabels: [Int], candidateLabels: [Int]) {
        precondition(scores.rows == queryLabels.count && scores.columns == candidateLabels.count, "every query and candidate has a label")
        var order = DescendingOrder()
        var (all, first50) = (0.0, 0.0)
        for (query, label) in queryLabels.enumerated() {
            var (rank, hits, sum) = (0, 0, 0.0)
            var early = (hits: 0, sum: 0.0)
            order.forEach(scores.values[query * scores.columns..<(query + 1) * scores.columns]) { candidate in
                rank += 1
                if candidateLabels[candidate] == label {
                    hits += 1
                    sum += Double(hits) / Double(rank)
                }
                if rank <= 50 { early = (hits, sum) }
            }
            all += hits > 0 ? sum / Double(hits) : 0
            first50 += early.hits > 0 ? early.sum / Double(early.hits) : 0
        }
        let count = Double(max(1, queryLabels.count))
        (self.all, self.first50) = (all / count, first50 / count)
    }
}
