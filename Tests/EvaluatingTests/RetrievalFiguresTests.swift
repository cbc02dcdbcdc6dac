import Evaluating
import LinearAlgebra
import TestSupport
import Testing

@Suite("Retrieval figures")
struct RetrievalFiguresTests {
    @Test("Figures follow from the ranks")
    func known() {
        let figures = RetrievalFigures(ranks: [10, 1, 2, 11, 5, 1], candidates: 20)
        #expect((figures.queries, figures.candidates, figures.medianRank) == (6, 20, 2))
        #expect(figures.recallAt1 == 2.0 / 6 && figures.recallAt5 == 4.0 / 6 && figures.recallAt10 == 5.0 / 6)
        let expected: Double = (0.1 + 1 + 0.5 + 1.0 / 11 + 0.2 + 1) / 6
        #expect(abs(figures.meanReciprocalRank - expected) < 1e-12)
        #expect(figures.chanceAt5 == 0.25)
    }

    @Test("The median is the middle, the lower one of two", arguments: [([3], 3), ([4, 2], 2), ([9, 1, 5], 5)])
    func median(_ ranks: [Int], _ median: Int) {
        #expect(RetrievalFigures(ranks: ranks, candidates: 9).medianRank == median)
    }

    @Test("Without queries every figure is zero, and none is NaN")
    func empty() {
        let figures = RetrievalFigures(ranks: [], candidates: 0)
        #expect([figures.recallAt1, figures.recallAt5, figures.recallAt10, figures.meanReciprocalRank, figures.chanceAt5].allSatisfy { $0 == 0 })
        #expect(figures.medianRank == 0)
    }

    @Test("Chance is never more than certain", arguments: [(1, 1.0), (5, 1.0), (10, 0.5)])
    func chance(_ candidates: Int, _ share: Double) {
        #expect(RetrievalFigures(ranks: [1], candidates: candidates).chanceAt5 == share)
    }

    @Test("The rank of a query is that of its best right candidate; ties with wrong ones, and what is no number, count as better", arguments: 0..<30)
    func truths(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let (rows, columns) = (Int.random(in: 1...8, using: &random), Int.random(in: 2...12, using: &random))
        // Few values, so that many are equal.
        var scores = Matrix(rows: rows, columns: columns, values: (0..<rows * columns).map { _ in Float(Int.random(in: 0...3, using: &random)) })
        let truths = (0..<rows).map { _ in Array(Array(0..<columns).shuffled(using: &random).prefix(Int.random(in: 1..<columns, using: &random))) }
        for row in 0..<rows { for column in 0..<columns where !truths[row].contains(column) && Bool.random(using: &random) { scores[row, column] = .nan } }
        let ranks = (0..<rows).map { row in
            let best = truths[row].map { scores[row, $0] }.max() ?? 0
            return 1 + (0..<columns).count { !truths[row].contains($0) && !(scores[row, $0] < best) }
        }
        #expect(RetrievalFigures(scores: scores, truths: truths) == RetrievalFigures(ranks: ranks, candidates: columns))
    }
}
