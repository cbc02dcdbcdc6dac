import CorrelationLearning
@testable import Evaluating
import LinearAlgebra
import Testing

/// Knows the class of some pairs, the prior that of every second, the others that of more.
private protocol KnowsSome: CrossModalMethod {
    init(alsoKnows: Set<Int>)
    var alsoKnows: Set<Int> { get }
}

extension KnowsSome {
    static var needsLabels: Bool { true }
    static var isRandom: Bool { false }
    func tuned(for set: PairedFeatures) -> [TunedNumber] { [] }
    var settings: String { "\(alsoKnows.sorted())" }
    func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { SomeScorer(alsoKnows: alsoKnows) }
}

/// Pairs that are known are near all pairs of their class.
private struct SomeScorer: CrossModalScorer {
    let alsoKnows: Set<Int>

    func scores(_ set: PairedFeatures) -> Matrix {
        let knows = set.images.values.map { Int($0) % 2 == 0 || alsoKnows.contains(Int($0)) }, labels = set.labels ?? []
        var scores = Matrix(rows: set.count, columns: set.count)
        for row in 0..<set.count {
            for column in 0..<set.count where labels[row] == labels[column] { scores[row, column] = (knows[row] ? 1 : 0) + (knows[column] ? 1 : 0) }
        }
        return scores
    }
}

private let rows = 60, folds = MethodChoice<Lucky<Prior>>.Split.folds(count: rows, share: 0.2, seed: 1)

private protocol Rule { static var rule: ChoiceRule { get } }
private enum Prior: Rule { static let rule = ChoiceRule.prior }
private enum Best: Rule { static let rule = ChoiceRule.best }

/// One candidate is lucky: it knows four pairs more of the part that is held back first, and one of the next.
private struct Lucky<Name: Rule>: KnowsSome {
    static var name: String { "lucky" }
    static var choiceRule: ChoiceRule { Name.rule }
    static func candidates(for set: PairedFeatures) -> [Self] { [Self(alsoKnows: []), Self(alsoKnows: lucky)] }
    static var lucky: Set<Int> {
        func odd(_ fold: Int) -> [Int] { folds[fold].validation.filter { $0 % 2 == 1 } }
        return Set(odd(0).prefix(4) + odd(1).prefix(1))
    }
    let alsoKnows: Set<Int>
}

/// One candidate knows two pairs of three that the prior does not know, one nothing more, and the last one pair more.
private struct Skilled: KnowsSome {
    static let name = "skilled"
    static let choiceRule = ChoiceRule.prior
    static let skilled = Set((0..<rows).filter { $0 % 3 > 0 })
    static func candidates(for set: PairedFeatures) -> [Skilled] { [[], [0], skilled, [1]].map(Skilled.init) }
    let alsoKnows: Set<Int>
}

@Suite("The choice of settings") struct MethodChoiceTests {
    private let set = PairedFeatures(
        images: Matrix(rows: rows, columns: 1, values: (0..<rows).map(Float.init)), texts: Matrix(rows: rows, columns: 1),
        labels: (0..<rows).map { $0 / 2 % 3 })

    private func chosen<Method: KnowsSome>(_: Method.Type) throws -> Set<Int> {
        try MethodChoice<Method>(from: set, share: 0.2, seed: 1).chosen().alsoKnows
    }

    @Test func `The prior stays where another is better by luck on few rows, and the best figure would have been taken in by it`() throws {
        #expect(try chosen(Lucky<Prior>.self) == [])
        #expect(try chosen(Lucky<Best>.self) == Lucky<Best>.lucky)
    }

    @Test func `The prior goes where another is clearly better`() throws { #expect(try chosen(Skilled.self) == Skilled.skilled) }

    @Test func `The parts are a share of the rows, drawn by the seed, and hold back each row once`() {
        #expect(folds.count == 5 && folds.allSatisfy { $0.validation.count == 12 && ($0.validation + $0.learning).sorted() == Array(0..<rows) })
        #expect(folds.flatMap(\.validation).sorted() == Array(0..<rows))
        func parts(_ count: Int, share: Double, seed: UInt64 = 1) -> [MethodChoice<Skilled>.Split] { .init(MethodChoice<Skilled>.Split.folds(count: count, share: share, seed: seed)) }
        #expect(parts(60, share: 0.2) == parts(60, share: 0.2) && parts(60, share: 0.2) != parts(60, share: 0.2, seed: 2))
        #expect(parts(1, share: 0.2).isEmpty && parts(2173, share: 0.2).map(\.validation.count) == [435, 435, 435, 435, 433])
        #expect(parts(3, share: 1).map(\.learning.count) == [1, 2], "something is left to learn from")
    }

    @Test(arguments: [true, false]) func `What queries score has the figure of choice as its mean`(labels: Bool) {
        var generator = SeededGenerator(seed: 3)
        let scores = Matrix(rows: 20, columns: 20, values: (0..<400).map { _ in Float(generator.permutation(30)[0]) })
        let labels = labels ? (0..<20).map { $0 % 4 } : nil
        let queries = CrossModalFigures.choiceOfQueries(scores: scores, labels: labels)
        #expect(queries.count == 40)
        #expect(abs(queries.reduce(0, +) / 40 - CrossModalFigures(scores: scores, labels: labels).choice) < 1e-12)
    }
}
