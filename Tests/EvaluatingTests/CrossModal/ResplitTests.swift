import CorrelationLearning
@testable import Evaluating
import LinearAlgebra
import Testing

/// Finds as many partners as its seed says.
private struct Lucky: CrossModalMethod {
    static let name = "lucky"
    static let needsLabels = false
    static let isRandom = true
    static func candidates(for set: PairedFeatures) -> [Lucky] { [Lucky(), Lucky()] }
    func tuned(for set: PairedFeatures) -> [TunedNumber] { [] }
    var settings: String { "" }

    func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { Scorer(seed: seed) }

    struct Scorer: CrossModalScorer {
        let seed: UInt64
        /// Of ten pairs so many find each other first as the seed says, the others last.
        func scores(_ set: PairedFeatures) -> Matrix {
            var scores = Matrix(rows: set.count, columns: set.count)
            for row in 0..<set.count { scores[row, row] = row % 10 < seed ? 1 : -1 }
            return scores
        }
    }
}

private struct Failing: CrossModalMethod {
    static let name = "failing"
    static let needsLabels = false
    static let isRandom = false
    static func candidates(for set: PairedFeatures) -> [Failing] { [Failing()] }
    func tuned(for set: PairedFeatures) -> [TunedNumber] { [] }
    var settings: String { "" }
    func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { throw CrossModalMethodError.notFinite(method: Self.name) }
}

struct ResplitTests {
    private let splits = Resplits(of: ComparisonTests.set(60, labels: false), trainingCount: 40, count: 4)

    @Test func `Every split takes as many rows, other ones each, and the same for one number`() {
        let learned = (1...4).map { splits.comparison($0) }
        for comparison in learned {
            #expect(comparison.training.count == 40 && comparison.test.count == 20)
            #expect((comparison.training.images.values + comparison.test.images.values).sorted() == (0..<60).map(Float.init))
            #expect(comparison.training.images == comparison.training.texts)
        }
        #expect(Set(learned.map(\.test.images.values)).count == 4)
        #expect(splits.comparison(3).test.images == learned[2].test.images)
        #expect(learned.map(\.seeds) == [[1], [2], [3], [4]])
    }

    @Test func `A row has a value for each split, its mean and its deviation; a method that fails has its error`() throws {
        var reported: [String] = []
        let rows = splits.rows([Lucky.self, Failing.self, RandomCodes.self]) { reported.append($0.name) }
        #expect(reported == ["lucky", "failing", "random"])
        let lucky = rows[0]
        #expect(lucky.values.count == 4 && lucky.settings.count == 4 && lucky.error == nil)
        for (place, value) in lucky.values.enumerated() { #expect(abs(value - Double(place + 1) / 10) < 1e-9) }
        let deviation = try #require(lucky.deviation)
        #expect(abs(lucky.mean - 0.25) < 1e-9 && abs(deviation - (0.05 / 3).squareRoot()) < 1e-9)
        #expect(rows[1].values.isEmpty && rows[1].error?.contains("finite") == true)
    }

    @Test func `A gain is over the best rival, split by split, with an error that allows for shared rows`() throws {
        func row(_ name: String, _ values: [Double]) -> ResplitRow {
            var row = ResplitRow(name: name)
            row.values = values
            return row
        }
        var broken = row("broken", [0.9, 0.9, 0.9, 0.9])
        broken.error = "no"
        let rows = [row("weak", [0.1, 0.1, 0.1, 0.1]), broken, row("strong", [0.3, 0.2, 0.4, 0.5]), row("own", [0.4, 0.3, 0.4, 0.5])]
        let gain = try #require(splits.gain(of: "own", in: rows))
        #expect(gain.rival == "strong" && gain.wins == 2 && gain.splits == 4 && abs(gain.mean - 0.05) < 1e-9)
        let deviation = (0.01 / 3).squareRoot()
        #expect(abs(gain.plainError - deviation / 2) < 1e-9)
        #expect(abs(gain.correctedError - deviation * (0.25 + 0.5).squareRoot()) < 1e-9)
        #expect(splits.gain(of: "absent", in: rows) == nil && splits.gain(of: "own", in: [rows[3]]) == nil)
    }
}
