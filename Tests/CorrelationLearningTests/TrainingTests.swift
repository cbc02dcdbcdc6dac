import CorrelationLearning
import Documents
import LinearAlgebra
import Testing

struct TrainingTests {
    @Test func `New images of known sheets find their sheet far better than chance`() throws {
        let world = SyntheticWorld()
        let trained = try CorrelationTrainer(SyntheticWorld.quick).train(world.set)
        let (model, record) = (trained.model, trained.record)
        let recall = world.recallAt5(model, sheets: 0..<24)
        #expect(recall > 0.6, "R@5 \(recall)")
        #expect(record.afterStage1.figure >= record.start.figure)
        #expect(record.afterStage2.figure >= record.afterStage1.figure)
        #expect(record.pairs == 48 && record.sheets == 24 && record.images == 72)
    }

    @Test func `Images of sheets without any pair find their sheet better than chance`() throws {
        let world = SyntheticWorld(sheets: 50, imagesPerSheet: 2, unseen: 10, noise: 0.5)
        let trained = try CorrelationTrainer(SyntheticWorld.quick).train(world.set)
        let (model, record) = (trained.model, trained.record)
        let recall = world.recallAt5(model, sheets: 40..<50)
        #expect(recall > 2 * record.chance.recallAt5, "R@5 \(recall)")
    }

    @Test func `The same seed gives the same model and another seed another`() throws {
        let world = SyntheticWorld(sheets: 10)
        var settings = SyntheticWorld.quick
        let first = try CorrelationTrainer(settings).train(world.set)
        let second = try CorrelationTrainer(settings).train(world.set)
        settings.seed = 2
        let other = try CorrelationTrainer(settings).train(world.set)
        #expect(first.model.digest == second.model.digest)
        #expect(first.record == second.record)
        #expect(first.model.digest != other.model.digest)
    }

    @Test func `Three paired sheets are too few, and the message says what to do`() throws {
        var world = SyntheticWorld(sheets: 6)
        world.set.pairs.removeAll { $0.sheet >= 3 }
        let error = #expect(throws: TrainingError.tooFewPairs(found: 3, needed: 4)) {
            try CorrelationTrainer(SyntheticWorld.quick).train(world.set)
        }
        #expect(error?.description.contains("Add known pairs") == true)
    }

    @Test func `An undefined descriptor is refused before learning`() {
        var world = SyntheticWorld(sheets: 5)
        world.set.imageDescriptors[3, 3] = .nan
        #expect(throws: TrainingError.notFinite(stage: .features, epoch: 0)) {
            try CorrelationTrainer(SyntheticWorld.quick).train(world.set)
        }
    }

    @Test func `Progress names every stage`() throws {
        var stages: [TrainingStage] = []
        _ = try CorrelationTrainer(SyntheticWorld.quick).train(SyntheticWorld(sheets: 8).set) { stages.append($0.stage) }
        #expect(stages.first == .features)
        #expect(stages.contains(.start) && stages.contains(.stage1) && stages.contains(.stage2))
    }
}
