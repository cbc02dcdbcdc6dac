import LinearAlgebra
import Testing

@testable import CorrelationLearning

@Suite("An epoch") struct EpochTests {
    /// The images that each epoch sees.
    private func seen(images: Int, perEpoch: Int, fresh: Set<Int>? = nil, epochs: Int = 3) throws -> [[Int]] {
        var settings = TrainingSettings()
        (settings.imagesPerEpoch, settings.batchSize) = (perEpoch, 4)
        let graph = PairGraph((0..<images).map { TrainingPair(sheet: $0, image: $0) })
        let rows = Matrix(rows: images, columns: 2)
        let runner = StageRunner(stage: .stage2, settings: settings, graph: graph, imageFeatures: rows, textFeatures: rows, fresh: fresh)
        var generator = SeededGenerator(seed: 1)
        let encoder = Encoder(linear: Matrix(rows: 2, columns: 2), bias: [0, 0], hiddenUnits: 1, generator: &generator)
        var epoch: [Int] = [], all: [[Int]] = []
        _ = try runner.run(
            CommonEncoders(image: encoder, text: encoder), extras: StageExtras(), epochs: epochs, baseline: nil, generator: generator,
            objective: { batch, _, images, texts in
                epoch += batch.images
                return (0, images.code, texts.code, StageExtras(), nil)
            }, log: StageLog(), name: "test"
        ) { _, _, _ in
            all.append(epoch)
            epoch = []
            return nil
        }
        return all
    }

    @Test("sees every image once where there are few")
    func few() throws {
        for epoch in try seen(images: 30, perEpoch: 30) { #expect(epoch.sorted() == Array(0..<30)) }
    }

    @Test("sees a bounded number of many, others each time")
    func many() throws {
        let epochs = try seen(images: 90, perEpoch: 20)
        #expect(epochs.allSatisfy { $0.count == 20 && Set($0).count == 20 } && Set(epochs.joined()).count > 30)
    }

    @Test("with replay sees every new image, and as many old ones")
    func replay() throws {
        for epoch in try seen(images: 90, perEpoch: 30, fresh: Set(0..<10)) {
            #expect(Set(0..<10).isSubset(of: epoch) && epoch.count == 20)
        }
    }
}
