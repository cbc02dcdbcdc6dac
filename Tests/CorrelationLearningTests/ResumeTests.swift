import Documents
import LinearAlgebra
import Storage
import SystemPackage
import Testing

@testable import CorrelationLearning

struct ResumeTests {
    /// Keeps every checkpoint in memory, and lends one of them.
    private final class Memory: TrainingJournal {
        var last: TensorFile?
        var kept: [TensorFile] = [], remarks: [String] = []

        init(last: TensorFile? = nil) { self.last = last }

        func note(endsStage: Bool, _ checkpoint: () -> TensorFile) { kept.append(checkpoint()) }
        func say(_ remark: String) { remarks.append(remark) }
    }

    private static var settings: TrainingSettings {
        var settings = SyntheticWorld.quick
        (settings.codeDimension, settings.stage1Epochs, settings.stage2Epochs) = (4, 3, 5)
        // Several batches, so that what is drawn at random says what is learned.
        settings.batchSize = 5
        (settings.imageComponents, settings.textComponents, settings.hiddenUnits, settings.learningRate) = (8, 8, 3, 0.05)
        settings.ridges = [0.0001]
        return settings
    }

    @Test(arguments: [false, true])
    func `A training that goes on after any epoch ends as one that never stopped`(hasCategories: Bool) throws {
        func world(_ seed: UInt64) -> SyntheticWorld {
            var world = SyntheticWorld(sheets: 16, dimension: 20, seed: seed)
            if !hasCategories { world.set.categories = [String?](repeating: nil, count: 16) }
            return world
        }
        func epochs(_ set: TrainingSet, _ journal: Memory) throws -> (Int, CorrelationTrainer.Outcome) {
            var epochs = 0
            let outcome = try CorrelationTrainer(Self.settings).train(set, journal: journal) { epochs += $0.loss == nil ? 0 : 1 }
            return (epochs, outcome)
        }
        // A world in which a stage seems to help at first: what is to confirm it is stopped too. Which one that is the last bits decide.
        let seed = try #require(try (7...60).first { hasCategories ? true : try epochs(world($0).set, Memory()).0 > 8 })
        let world = world(seed), whole = Memory()
        let (epochs, expected) = try epochs(world.set, whole)
        #expect(whole.kept.count == epochs && epochs > (hasCategories ? 7 : 8) && whole.remarks.isEmpty)
        for (done, checkpoint) in zip(1..., whole.kept) {
            let journal = Memory(last: checkpoint)
            var more = 0
            let resumed = try CorrelationTrainer(Self.settings).train(world.set, journal: journal) { more += $0.loss == nil ? 0 : 1 }
            #expect(resumed.model.digest == expected.model.digest && resumed.record == expected.record, "stopped after epoch \(done)")
            #expect(more == epochs - done, "it does not repeat what was done")
            #expect(journal.remarks == ["a training that was stopped goes on after \(done) epochs"])
        }
    }

    @Test func `What runs on all pairs goes on after any epoch of any stage, however it was chosen`() throws {
        let problem = PlantedParts(12, seed: 5).problem
        var schedule = Schedule()
        (schedule.stage1Epochs, schedule.stage2Epochs, schedule.fineEpochs) = (2, 3, 2)
        func refit(_ journal: Memory) throws -> (parameters: [Matrix], epochs: Int) {
            var epochs = 0
            let search = Schedule.Search(settings: Self.settings, problem: problem, log: StageLog(key: "planted", journal: journal))
            let encoders = try search.refit(problem.pairs, schedule) { _ in epochs += 1 }
            return (encoders.matrices, epochs)
        }
        let whole = Memory()
        let expected = try refit(whole)
        #expect(whole.kept.count == 7 && expected.epochs == 7)
        for (done, checkpoint) in zip(1..., whole.kept) {
            let found = try refit(Memory(last: checkpoint))
            #expect(found.parameters == expected.parameters && found.epochs == 7 - done, "stopped after epoch \(done)")
        }
    }

    @Test func `A checkpoint of other data or another seed is remarked on and not used`() throws {
        let world = SyntheticWorld(sheets: 6, dimension: 20)
        let first = Memory()
        _ = try CorrelationTrainer(Self.settings).train(world.set, journal: first)
        var other = world
        other.set.pairs[0].weight = 0.5
        var seeded = Self.settings
        seeded.seed = 9
        for (set, settings) in [(other.set, Self.settings), (world.set, seeded)] {
            let journal = Memory(last: first.kept.last)
            let found = try CorrelationTrainer(settings).train(set, journal: journal)
            #expect(try found.model.digest == CorrelationTrainer(settings).train(set).model.digest)
            #expect(journal.remarks.count == 1 && journal.remarks[0].contains("other data or settings"))
        }
    }

    @Test func `A checkpoint that lacks its stages is remarked on and not used`() throws {
        let world = SyntheticWorld(sheets: 6, dimension: 20)
        let first = Memory()
        let expected = try CorrelationTrainer(Self.settings).train(world.set, journal: first)
        let checkpoint = try #require(first.kept.last)
        let empty = TensorFile(kind: checkpoint.kind, version: checkpoint.version, metadata: checkpoint.metadata, tensors: [:])
        let journal = Memory(last: empty)
        #expect(try CorrelationTrainer(Self.settings).train(world.set, journal: journal).model.digest == expected.model.digest)
        #expect(journal.remarks.count == 1 && journal.remarks[0].contains("contradicts itself"))
    }

    @Test func `Everything that training reads changes the digest of its data`() {
        let world = SyntheticWorld(sheets: 4, dimension: 6)
        var sets = [world.set]
        for change in 0..<5 {
            var set = world.set
            switch change {
            case 0: set.imageDescriptors[0, 0] += 1
            case 1: set.pairs.removeLast()
            case 2: set.categories[0] = nil
            case 3: set.sheets[1].coarse[0] += 1
            default: set.regions = RaggedRows(values: Matrix(rows: 1, columns: 6), offsets: [0] + [Int](repeating: 1, count: set.imageDescriptors.rows))
            }
            sets.append(set)
        }
        #expect(Set(sets.map(\.digest)).count == sets.count && world.set.digest == SyntheticWorld(sheets: 4, dimension: 6).set.digest)
    }
}
