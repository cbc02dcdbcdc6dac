import Evaluating
import LinearAlgebra
import TestSupport
import Testing

@Suite("Mean average precision")
struct MeanAveragePrecisionTests {
    /// By the definition, with a sort that is stable because it compares indices too.
    static func slow(_ scores: Matrix, _ labels: [Int], first: Int) -> Double {
        var sum = 0.0
        for query in 0..<scores.rows {
            let order = (0..<scores.columns).sorted { (-scores[query, $0], $0) < (-scores[query, $1], $1) }
            var (hits, precision) = (0, 0.0)
            for (rank, candidate) in order.prefix(first).enumerated() where labels[candidate] == labels[query] {
                hits += 1
                precision += Double(hits) / Double(rank + 1)
            }
            sum += hits > 0 ? precision / Double(hits) : 0
        }
        return sum / Double(scores.rows)
    }

    @Test("A list made by hand: hits at ranks 1, 3 and 4 of 5")
    func byHand() {
        let scores = Matrix(rows: 1, columns: 5, values: [0.1, 0.9, -3, 0.5, 0.3])
        let figures = MeanAveragePrecision(scores: scores, queryLabels: [7], candidateLabels: [7, 7, 0, 0, 7])
        let expected: Double = (1.0 + 2.0 / 3 + 3.0 / 4) / 3
        #expect(abs(figures.all - expected) < 1e-12)
        #expect(figures.first50 == figures.all)
    }

    @Test("Equal scores are ordered by index, minus zero is zero, no number is last")
    func ties() {
        let scores = Matrix(rows: 1, columns: 4, values: [.nan, -0.0, 0, -.infinity])
        func all(_ hit: Int) -> Double {
            var labels = [0, 0, 0, 0]
            labels[hit] = 1
            return MeanAveragePrecision(scores: scores, queryLabels: [1], candidateLabels: labels).all
        }
        let expected: [Double] = [0.25, 1, 0.5, 1.0 / 3]
        #expect((0..<4).map(all) == expected)
    }

    @Test("The first 50 divide by the hits among them; a query without hits counts as zero")
    func first50() {
        let scores = Matrix(rows: 2, columns: 60, values: (0..<120).map { Float(-$0) })
        let labels = (0..<60).map { $0 == 49 || $0 == 50 ? 1 : 0 }
        let figures = MeanAveragePrecision(scores: scores, queryLabels: [1, 5], candidateLabels: labels)
        #expect(abs(figures.first50 - (1.0 / 50) / 2) < 1e-12)
        let expected: Double = (1.0 / 50 + 2.0 / 51) / 4
        #expect(abs(figures.all - expected) < 1e-12)
    }

    @Test("It agrees with a plain sort, ties or not", arguments: [1, 2, 49, 51, 130])
    func againstSlow(_ count: Int) {
        var random = SplitMix64(seed: UInt64(count))
        let labels = (0..<count).map { _ in Int.random(in: 0..<4, using: &random) }
        for coarse in [false, true] {
            let values = (0..<count * count).map { _ in
                let value = Float.random(in: -3...3, using: &random)
                return coarse ? value.rounded() : value
            }
            let scores = Matrix(rows: count, columns: count, values: values)
            let figures = CrossModalFigures(scores: scores, labels: labels)
            #expect(abs(figures.mapI2T! - Self.slow(scores, labels, first: count)) < 1e-9)
            #expect(abs(figures.mapT2I! - Self.slow(scores.transposed, labels, first: count)) < 1e-9)
            #expect(abs(figures.map50I2T! - Self.slow(scores, labels, first: 50)) < 1e-9)
            #expect(abs(figures.map50T2I! - Self.slow(scores.transposed, labels, first: 50)) < 1e-9)
            #expect(figures.mean == (figures.mapI2T! + figures.mapT2I!) / 2)
        }
    }

    @Test("An empty set has figures of zero, and none is NaN")
    func empty() {
        let figures = CrossModalFigures(scores: Matrix(rows: 0, columns: 0), labels: [])
        #expect(figures.mean == 0 && figures.r1I2T == 0 && figures.choice == 0)
    }
}

@Suite("Ranks of partners")
struct PartnerRanksTests {
    @Test("Ranks count what is better or equal")
    func pessimistic() {
        let scores = Matrix(rows: 3, columns: 3, values: [3, 1, 2, 1, 1, 0, .nan, 5, 4])
        let figures = CrossModalFigures(scores: scores, labels: nil)
        // Images: ranks 1, 2 (a tie), 3 (one better, one no number).
        #expect((figures.r1I2T, figures.r5I2T, figures.medianRankI2T) == (1.0 / 3, 1, 2))
        #expect(figures.mapI2T == nil && figures.mean == nil)
        let recalls = [figures.r1I2T, figures.r5I2T, figures.r10I2T, figures.r1T2I, figures.r5T2I, figures.r10T2I]
        #expect(figures.choice == recalls.reduce(0, +) / 6)
    }

    @Test("One score for all puts every partner last")
    func constant() {
        let figures = CrossModalFigures(scores: Matrix(rows: 30, columns: 30), labels: nil)
        #expect((figures.r10I2T, figures.medianRankI2T, figures.medianRankT2I) == (0, 30, 30))
    }

    @Test("The mean of figures is the mean of each")
    func mean() {
        let a = CrossModalFigures(scores: Matrix(rows: 2, columns: 2, values: [1, 0, 0, 1]), labels: [0, 1])
        let b = CrossModalFigures(scores: Matrix(rows: 2, columns: 2, values: [0, 1, 1, 0]), labels: [0, 1])
        let mean = CrossModalFigures(meanOf: [a, b])
        #expect((mean.mapI2T, mean.mean, mean.r1T2I, mean.medianRankI2T) == (0.75, 0.75, 0.5, 1.5))
    }
}
