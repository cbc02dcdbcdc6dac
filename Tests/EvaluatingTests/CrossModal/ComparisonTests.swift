import CorrelationLearning
@testable import Evaluating
import LinearAlgebra
import Testing

/// Finds partners by an identity feature, for some settings only; what it was given is in the scores.
private struct FakeMethod: CrossModalMethod {
    static let name = "fake"
    static let needsLabels = false
    static let isRandom = true
    static func candidates(for set: PairedFeatures) -> [FakeMethod] { [0, 2, 1, 2].enumerated().map { FakeMethod(skill: $1, place: $0) } }

    var skill: Int
    var place: Int
    func tuned(for set: PairedFeatures) -> [TunedNumber] { [] }
    var settings: String { "skill=\(skill) place=\(place)" }
    func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { Scorer(skill: skill, learned: set.count, seed: seed) }

    struct Scorer: CrossModalScorer {
        var skill: Int, learned: Int, seed: UInt64
        /// Skill 2 puts partners first, skill 1 second but for the first text, skill 0 gives one score.
        func scores(_ set: PairedFeatures) -> Matrix {
            var scores = Matrix(rows: set.count, columns: set.count)
            for row in 0..<set.count where skill > 0 {
                scores[row, row] = 1
                if skill == 1 { scores[row, 0] = 1 }
            }
            // Learned from all training rows with the third seed: one partner is lost.
            if learned == 50, seed == 9 { scores[0, 0] = -1 }
            return scores
        }
    }
}

private struct Failing: CrossModalMethod {
    static let name = "failing"
    static let needsLabels = true
    static let isRandom = false
    static func candidates(for set: PairedFeatures) -> [Failing] { [Failing()] }
    func tuned(for set: PairedFeatures) -> [TunedNumber] { [] }
    var settings: String { "" }
    func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { throw CrossModalMethodError.notFinite(method: Self.name) }
}

@Suite("Comparisons")
struct ComparisonTests {
    static func set(_ count: Int, labels: Bool = true) -> PairedFeatures {
        let numbers = Matrix(rows: count, columns: 1, values: (0..<count).map(Float.init))
        return PairedFeatures(images: numbers, texts: numbers, labels: labels ? (0..<count).map { $0 % 5 } : nil)
    }

    @Test("The best on validation is chosen, the first of equals, once; every seed is learned from all rows", arguments: [true, false])
    func choice(labels: Bool) throws {
        let comparison = Comparison(training: Self.set(50, labels: labels), test: Self.set(10, labels: labels), seeds: [1, 5, 9])
        var reported: [ComparisonRow] = []
        let rows = comparison.rows([FakeMethod.self, Failing.self]) { reported.append($0) }
        #expect(rows == reported && rows.map(\.name) == ["fake", "failing"])
        #expect(rows[0].settings == "skill=2 place=1" && rows[0].seeds == [1, 5, 9] && rows[0].error == nil)
        let figures = try #require(rows[0].figures)
        #expect(abs(figures.r1I2T - (1 + 1 + 0.9) / 3) < 1e-12)
        #expect((rows[0].mapStd != nil) == labels && (figures.mean != nil) == labels)
        #expect(rows[1].figures == nil && rows[1].seeds == [1])
        #expect(rows[1].error?.contains(labels ? "finite numbers" : "--labels") == true)
    }

    @Test("Shuffled rows lose their own text, all others keep theirs, labels and images stay", arguments: [0, 0.01, 0.2, 0.5, 1])
    func shuffle(_ share: Double) {
        let set = Self.set(50)
        let shuffled = set.shufflingTexts(share: share, seed: 3)
        #expect(shuffled.images == set.images && shuffled.labels == set.labels)
        #expect(shuffled.texts.values.sorted() == set.texts.values)
        let moved = zip(shuffled.texts.values, set.texts.values).count { $0 != $1 }
        #expect(moved == (share < 0.03 ? 0 : Int(50 * share)))
        #expect(shuffled.texts == set.shufflingTexts(share: share, seed: 3).texts)
        #expect(share < 0.03 || shuffled.texts != set.shufflingTexts(share: share, seed: 4).texts)
    }
}
