import Testing

@testable import CorrelationLearning

@Suite("Average precision") struct AveragePrecisionTests {
    /// By the definition, with a sort of pairs.
    private func slow(_ scores: [Float], _ isRight: [Bool]) -> Double? {
        var hits = 0, sum = 0.0
        for (place, candidate) in scores.indices.sorted(by: { (scores[$0], $1) > (scores[$1], $0) }).enumerated() where isRight[candidate] {
            hits += 1
            sum += Double(hits) / Double(place + 1)
        }
        return hits > 0 ? sum / Double(hits) : nil
    }

    @Test("is what a plain sort gives, to the bit, in lists of any length one after another", arguments: [1, 2, 10, 130, 3])
    func againstSort(_ count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        var precision = AveragePrecision()
        for step in 0..<20 {
            let scores = (0..<count + step).map { _ in Float(generator.permutation(7)[0]) - 3 }
            let isRight = scores.map { _ in generator.permutation(4)[0] == 0 }
            #expect(precision.figures(scores[...]) { isRight[$0] }?.all == slow(scores, isRight))
        }
    }

    @Test("knows a list without a hit from one whose only hit is late")
    func noHit() {
        var precision = AveragePrecision()
        let scores = (0..<60).map { Float(-$0) }
        #expect(precision.figures(scores[...]) { _ in false } == nil)
        #expect(precision.figures(scores[...]) { $0 == 59 } == AveragePrecision.Figures(all: 1.0 / 60, first50: 0))
    }
}
