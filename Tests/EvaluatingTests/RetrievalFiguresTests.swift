import Evaluating
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
}
