import CorrelationLearning
@testable import Evaluating
import LinearAlgebra
import Testing

struct GridTests {
    private func set(_ images: Int, _ texts: Int) -> PairedFeatures {
        PairedFeatures(images: Matrix(rows: 6, columns: images), texts: Matrix(rows: 6, columns: texts), labels: [0, 1, 0, 1, 0, 1])
    }

    /// Shapes of the Wikipedia and the Pascal features.
    @Test(arguments: [(128, 10), (128, 50), (128, 1000), (1280, 384), (1280, 1386)])
    func `Every method with settings has as many candidates as the others, within a factor of ten`(images: Int, texts: Int) {
        let set = set(images, texts)
        func count<Method: CrossModalMethod>(_ method: Method.Type) -> Int { Method.candidates(for: set).count }
        let counts = CrossModalMethods.all.map { (name: $0.name, count: count($0)) }.filter { $0.name != RandomCodes.name }
        let (least, most) = (counts.map(\.count).min() ?? 0, counts.map(\.count).max() ?? 0)
        #expect(most <= 10 * least, "\(counts)")
    }

    @Test func `Every candidate is another one, and all say the same numbers of themselves but for those of a kernel`() {
        let set = set(128, 50)
        func check<Method: CrossModalMethod>(_ method: Method.Type) {
            let candidates = Method.candidates(for: set)
            #expect(Set(candidates.map(\.settings)).count == candidates.count, "\(Method.name)")
            let names = Set(candidates.map { Set($0.tuned(for: set).map(\.name)).subtracting(["width"]) })
            #expect(names.count == 1 && (Method.name == "random" || !candidates[0].tuned(for: set).isEmpty), "\(Method.name)")
        }
        for method in CrossModalMethods.all { check(method) }
    }

    @Test func `A value is at the edge when it is the least or the greatest tried and something lies beyond`() {
        func numbers(_ ridge: Double, _ power: Double, _ size: Int) -> [TunedNumber] {
            [TunedNumber("ridge", ridge), TunedNumber("power", power), TunedNumber("k", size, in: 1...10), TunedNumber("fixed", 3)]
        }
        let all = [numbers(1, 0, 2), numbers(10, 1, 5), numbers(100, 2, 10), numbers(10, 0, 5)]
        #expect(numbers(10, 1, 5).atEdge(of: all) == [])
        #expect(numbers(1, 1, 5).atEdge(of: all) == ["ridge"])
        #expect(numbers(100, 2, 10).atEdge(of: all) == ["ridge", "power"])
        #expect(numbers(10, 0, 2).atEdge(of: all) == ["k"])
    }

    @Test func `A comparison marks what was chosen at the edge`() {
        let (training, test) = (MethodTests.pairs(60, seed: 1), MethodTests.pairs(30, seed: 2))
        let row = Comparison(training: training, test: test).rows([Sloping.self])[0]
        #expect(row.settings == "steep=3.0" && row.edges == ["steep"])
        #expect(Comparison(training: training, test: test).rows(fixed: [("fixed", Sloping(steep: 3))])[0].edges == [])
        let splits = Resplits(of: training, trainingCount: 40, count: 3).rows([Sloping.self])[0]
        #expect(splits.edges == ["steep": 3])
    }

    @Test func `The default scores the same whether its candidates are learned together or alone`() throws {
        let set = MethodTests.pairs(50, seed: 3), test = MethodTests.pairs(20, seed: 4)
        let candidates = [0, 1, 5].map { ShogoMethod.candidates(for: set)[$0] }
        for (together, alone) in zip(try ShogoMethod.fit(candidates, set, seed: 1), candidates) {
            let (a, b) = (together.scores(test), try alone.fit(set, seed: 1).scores(test))
            #expect(zip(a.values, b.values).allSatisfy { abs($0 - $1) < 1e-5 })
        }
    }

    @Test func `Candidates of JRL that share their maps score as they do alone`() throws {
        let set = MethodTests.pairs(24, seed: 5)
        let candidates = Array(JointRepresentationLearning.candidates(for: set).prefix(4))
        for (together, alone) in zip(try JointRepresentationLearning.fit(candidates, set, seed: 1), candidates) {
            let scores = try alone.fit(set, seed: 1).scores(set)
            #expect(together.scores(set) == scores, "\(alone.settings)")
        }
    }
}

/// Better the greater its setting is.
private struct Sloping: CrossModalMethod {
    static let name = "sloping"
    static let needsLabels = false
    static let isRandom = false
    static func candidates(for set: PairedFeatures) -> [Sloping] { [1, 2, 3].map { Sloping(steep: $0) } }

    let steep: Float
    func tuned(for set: PairedFeatures) -> [TunedNumber] { [TunedNumber("steep", steep)] }
    var settings: String { "steep=\(steep)" }
    func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { Scorer(steep: steep) }

    struct Scorer: CrossModalScorer {
        let steep: Float
        func scores(_ set: PairedFeatures) -> Matrix {
            let labels = set.labels ?? []
            var scores = Matrix(rows: set.count, columns: set.count)
            for row in 0..<set.count {
                for column in 0..<set.count where labels[row] == labels[column] { scores[row, column] = Float(column) < steep * 3 ? 1 : -1 }
            }
            return scores
        }
    }
}
