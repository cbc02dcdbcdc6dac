/// How much better one choice is than another on the same questions, and how sure that is.
package struct Gain: Equatable {
    /// The mean over all questions, each 0 to 1.
    package var mean: Double
    /// Of the mean, with the questions of one sheet taken as one: they are right or wrong together.
    package var standardError: Double

    /// What is gained at least. By two standard errors and not by one, as in the rule of Breiman et al. (Classification and Regression
    /// Trees, 1984): the best of a hundred candidates gains one by luck (docs/benchmarks.md).
    package var atLeast: Double { mean - 2 * standardError }

    /// `scores` against `others`, question by question; `sheets` says to which sheet each belongs. Of fewer than two sheets nothing is
    /// sure.
    package init(_ scores: [Double], over others: [Double], sheets: [Int]) {
        precondition(scores.count == others.count && scores.count == sheets.count, "the same questions")
        mean = scores.isEmpty ? 0 : zip(scores, others).reduce(0) { $0 + $1.0 - $1.1 } / Double(scores.count)
        var sums: [Int: Double] = [:]
        for (question, sheet) in sheets.enumerated() { sums[sheet, default: 0] += scores[question] - others[question] - mean }
        guard sums.count > 1 else {
            standardError = .infinity
            return
        }
        // In the order of sheets: a sum of fractions depends on it.
        let squares = sums.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value * $1.value }
        standardError = (squares * Double(sums.count) / Double(sums.count - 1)).squareRoot() / Double(scores.count)
    }
}
