import CorrelationLearning
import Documents
@testable import Evaluating
import LinearAlgebra
@testable import Pipelines
import Testing

struct UnlabelledBenchmarkTests {
    private func set(labels: Bool) -> PairedFeatures {
        var generator = SeededGenerator(seed: 1)
        func rows() -> Matrix { Matrix(rows: 40, columns: 4, values: generator.normalMatrix(rows: 40, columns: 4, deviation: 1)) }
        return PairedFeatures(images: rows(), texts: rows(), labels: labels ? (0..<40).map { $0 % 2 } : nil)
    }

    @Test func `Without labels the table has the methods that need none, and says so; asked for by name, all are there`() throws {
        let benchmark = try CrossModalBenchmark(set(labels: false), trainRows: 30, seeds: 1, methods: nil, shuffledShare: 0)
        #expect(benchmark.methods.allSatisfy { !$0.needsLabels } && benchmark.methods.contains { $0.name == "CCA" })
        #expect(benchmark.protocolLines.contains { $0.contains("left out") } && !benchmark.protocolLines.contains { $0.hasPrefix("MAP") })
        let asked = try CrossModalBenchmark(set(labels: false), trainRows: 30, seeds: 1, methods: ["SM", "cca"], shuffledShare: 0)
        #expect(asked.methods.map { $0.name } == ["SM", "CCA"])
        let labelled = try CrossModalBenchmark(set(labels: true), trainRows: 30, seeds: 1, methods: nil, shuffledShare: 0)
        #expect(labelled.methods.count == CrossModalMethods.all.count)
    }

    @Test func `Features of an archive are learned from the pairs that teach alone`() throws {
        var generator = SeededGenerator(seed: 2)
        let images = Matrix(rows: 30, columns: 6, values: generator.normalMatrix(rows: 30, columns: 6, deviation: 1))
        var sheets = (0..<30).map { SheetDescriptor(terms: ["w:a\($0 % 5)", "w:b\($0 % 3)"], coarse: [1, 2], fine: []) }
        let pairs = (0..<30).map { TrainingPair(sheet: $0, image: 29 - $0) }
        func features() throws -> PairedFeatures {
            try #require(try TrainingSet(imageDescriptors: images, sheets: sheets, pairs: pairs).pairedFeatures(pairs, learning: 20, settings: TrainingSettings()))
        }
        let before = try features()
        sheets[29] = SheetDescriptor(terms: ["w:new"], coarse: [9], fine: [])
        let after = try features()
        let learned = Array(0..<20)
        #expect(before.count == 30 && before.labels == nil && before.images == after.images)
        #expect(before.texts.gathering(learned) == after.texts.gathering(learned) && before.texts != after.texts)
    }
}
