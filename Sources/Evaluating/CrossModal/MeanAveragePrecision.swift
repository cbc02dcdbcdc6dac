import CorrelationLearning
public import LinearAlgebra

/// Mean average precision of ranked lists, where a candidate is right when it has the query's label.
///
/// `AveragePrecision`, 0 for a list without a hit; the mean is over all queries
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
        let found = Self.ofQueries(scores, queryLabels, candidateLabels)
        let count = Double(max(1, queryLabels.count))
        all = found.reduce(0) { $0 + $1.all } / count
        first50 = found.reduce(0) { $0 + $1.first50 } / count
    }

    /// The average precision of each query.
    static func ofQueries(_ scores: Matrix, _ queryLabels: [Int], _ candidateLabels: [Int]) -> [AveragePrecision.Figures] {
        precondition(scores.rows == queryLabels.count && scores.columns == candidateLabels.count, "every query and candidate has a label")
        var precision = AveragePrecision()
        return queryLabels.enumerated().map { query, label in
            precision.figures(scores.values[query * scores.columns..<(query + 1) * scores.columns]) { candidateLabels[$0] == label }
                ?? .none
        }
    }
}
