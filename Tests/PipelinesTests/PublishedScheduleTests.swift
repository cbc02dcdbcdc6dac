import CorrelationLearning
import Evaluating
import Foundation
import LinearAlgebra
@testable import Pipelines
import SystemPackage
import Testing

struct PublishedScheduleTests {
    private func benchmark(methods: [String]?) throws -> CrossModalBenchmark {
        var generator = SeededGenerator(seed: 1)
        func rows() -> Matrix { Matrix(rows: 24, columns: 4, values: generator.normalMatrix(rows: 24, columns: 4, deviation: 1)) }
        let set = PairedFeatures(images: rows(), texts: rows(), labels: (0..<24).map { $0 % 2 })
        return try CrossModalBenchmark(set, trainRows: 16, seeds: 2, methods: methods, shuffledShare: 0)
    }

    @Test func `The published CCL takes its row with nothing chosen, and what it learned is not learned again`() throws {
        let folder = FilePath("/tmp/shogo-paper-\(UInt64.random(in: 0...UInt64.max))")
        defer { try? FileManager.default.removeItem(atPath: folder.string) }
        var benchmark = try benchmark(methods: ["CCA", "CCL"])
        try benchmark.publish(checkpoint: folder) { _ in }
        #expect(benchmark.protocolLines.contains { $0.contains("'paper' profile") })
        var method = try #require(benchmark.published)
        #expect(method.settings == "paper, steps=20000, z-norm test")
        // Hours are too long for a test: the same with few units and steps.
        method.schedule = FaithfulSettings.fast
        (method.schedule.imageFirst, method.schedule.textFirst, method.schedule.second, method.schedule.codes) = (4, 4, 4, 4)
        for rule in [\FaithfulSettings.imageFirstRule, \.imageSecondRule, \.textFirstRule, \.textSecondRule, \.fusedRule] {
            method.schedule[keyPath: rule].steps = 10
        }
        (method.schedule.correlationSteps, method.schedule.labelSteps, method.schedule.common.steps) = (10, 10, 10)
        benchmark.published = method
        let rows = benchmark.rows { _ in }
        #expect(rows.map(\.name) == ["CCA", "CCL"] && rows[1].settings.hasPrefix("paper") && rows[1].error == nil && rows[1].edges.isEmpty)
        // Of each seed four machines, an autoencoder, two joint machines, two label networks and the common representation.
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.string).count == 20)
        #expect(benchmark.rows { _ in }.map(\.figures) == rows.map(\.figures))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.string).count == 20)
    }

    @Test func `A schedule for a method that does not run is refused`() throws {
        var benchmark = try benchmark(methods: ["CCA"])
        #expect(throws: ShogoError.self) { try benchmark.publish(checkpoint: nil) { _ in } }
    }
}
