import CorrelationLearning
import Documents
import LinearAlgebra
import Storage
import Testing

@testable import struct CorrelationLearning.SeededGenerator

struct IncrementTests {
    private final class Memory: TrainingJournal {
        var last: TensorFile?
        var kept: [TensorFile] = []

        init(last: TensorFile? = nil) { self.last = last }

        func note(endsStage: Bool, _ checkpoint: () -> TensorFile) { kept.append(checkpoint()) }
        func say(_ remark: String) {}
    }

    private static let trainer = CorrelationTrainer(SyntheticWorld.quick)

    /// A world without categories, and a model of its first `known` sheets' pairs.
    private static func start(sheets: Int = 40, known: Int = 20, noise: Float = 1.5) throws -> (world: SyntheticWorld, previous: PreviousTraining) {
        var world = SyntheticWorld(sheets: sheets, noise: noise)
        world.set.categories = [String?](repeating: nil, count: sheets)
        var earlier = world.set
        earlier.pairs.removeAll { $0.sheet >= known }
        let trained = try trainer.train(earlier)
        let fresh = world.set.pairs.indices.filter { world.set.pairs[$0].sheet >= known }
        return (world, PreviousTraining(model: trained.model, trial: trained.trial, record: trained.record, fresh: Set(fresh)))
    }

    @Test func `New pairs make the images of new sheets find them, and old ones are not forgotten`() throws {
        let (world, previous) = try Self.start()
        let (outcome, increment) = try Self.trainer.extend(previous, with: world.set)
        let better = try #require(outcome)
        #expect(increment.isBetter && increment.freshAfter.figure > increment.freshBefore.figure, "\(increment)")
        #expect(increment.earlierAfter.figure > increment.earlierBefore.figure - 0.1, "\(increment)")
        #expect((increment.freshPairs, increment.earlierPairs) == (40, 40))
        #expect(increment.parent == previous.model.digest.hex)
        let (before, after) = (world.recallAt5(previous.model, sheets: 20..<40), world.recallAt5(better.model, sheets: 20..<40))
        #expect(after > before, "\(before) to \(after) on images that no training saw")
        #expect(world.recallAt5(better.model, sheets: 0..<20) > world.recallAt5(previous.model, sheets: 0..<20) - 0.15)
        #expect(try Self.trainer.extend(previous, with: world.set).outcome?.model.digest == better.model.digest)
    }

    @Test func `What an earlier training held back stays held back, and so does a share of the new`() throws {
        let (world, previous) = try Self.start()
        let record = try #require(try Self.trainer.extend(previous, with: world.set).outcome).record
        let (sheets, images) = (Set(try #require(record.heldSheets)), Set(try #require(record.heldImages)))
        #expect(sheets.isSuperset(of: try #require(previous.record.heldSheets)))
        #expect(images.isSuperset(of: try #require(previous.record.heldImages)))
        #expect(sheets.contains { Int($0) ?? 0 >= 20 } && sheets.count >= previous.record.validationSheets + 5)
        #expect(record.increment?.earlierBefore.queries == previous.record.start.queries)
        #expect(record.start.queries == images.count && record.pairs == 80)
    }

    @Test func `The same training goes on twice, and again from what it made`() throws {
        let (world, previous) = try Self.start(sheets: 45, noise: 1)
        var first = world.set
        first.pairs.removeAll { $0.sheet >= 35 }
        var step = previous
        step.fresh = step.fresh.filter { $0 < first.pairs.count }
        let middle = try #require(try Self.trainer.extend(step, with: first).outcome)
        let last = PreviousTraining(
            model: middle.model, trial: middle.trial, record: middle.record, fresh: Set(first.pairs.count..<world.set.pairs.count))
        let increment = try Self.trainer.extend(last, with: world.set).increment
        #expect(increment.parent == middle.model.digest.hex && increment.earlierPairs == first.pairs.count)
        #expect(increment.earlierBefore.queries == middle.record.start.queries)
    }

    @Test func `What is no better is not taken, equal figures included`() throws {
        let (world, previous) = try Self.start()
        var settings = SyntheticWorld.quick
        settings.stage2Epochs = 0
        let (outcome, increment) = try CorrelationTrainer(settings).extend(previous, with: world.set)
        #expect(outcome == nil && !increment.isBetter && increment.figureAfter == increment.figureBefore)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `New pairs that are all wrong do not make it forget the old ones`(seed: UInt64) throws {
        var (world, previous) = try Self.start()
        var generator = SeededGenerator(seed: seed)
        for place in previous.fresh.sorted() { world.set.pairs[place].sheet = 20 + Int(generator.next() % 20) }
        let (outcome, increment) = try Self.trainer.extend(previous, with: world.set)
        let model = outcome?.model ?? previous.model
        #expect(world.recallAt5(model, sheets: 0..<20) > world.recallAt5(previous.model, sheets: 0..<20) - 0.25, "\(increment)")
    }

    @Test func `Too few new sheets are refused with what to do`() throws {
        var (world, previous) = try Self.start()
        world.set.pairs.removeAll { $0.sheet >= 23 }
        previous.fresh = previous.fresh.filter { $0 < world.set.pairs.count }
        let error = #expect(throws: TrainingError.tooFewNewPairs(found: 3, needed: 4)) { try Self.trainer.extend(previous, with: world.set) }
        #expect(error?.description.contains("train anew") == true)
        world.set.imageDescriptors[0, 0] = .infinity
        #expect(throws: TrainingError.notFinite(stage: .features, epoch: 0)) { try Self.trainer.extend(previous, with: world.set) }
    }

    @Test func `Categories that come later join a model that has none, without a new pair`() throws {
        var (world, previous) = try Self.start(known: 40)
        world.set.categories = SyntheticWorld(sheets: 40, noise: 0.5).set.categories
        var settings = SyntheticWorld.quick
        settings.balance = .fixed(0.5)
        let (outcome, increment) = try CorrelationTrainer(settings).extend(previous, with: world.set)
        #expect(increment.freshPairs == 0 && increment.freshBefore.queries == 0 && increment.earlierBefore.queries > 0)
        let record = try #require(outcome, "\(increment)").record
        #expect(record.categories == 2 && record.chosenBalance == 0.5)
        #expect(try #require(increment.earlierAfter.categoryPrecision) > 0.6)
    }

    @Test func `Regions that come later join a model of wholes, without a new pair`() throws {
        var world = SyntheticWorld(sheets: 40, noise: 0.3, nuisance: 0.2)
        world.set.categories = [String?](repeating: nil, count: 40)
        // Every image shows its own thing and another image's, each in a region; the whole is the mean of both.
        let alone = world.set.imageDescriptors, count = alone.rows
        let regions = RaggedRows(values: alone.gathering((0..<count).flatMap { [$0, ($0 * 31 + 50) % count] }), offsets: (0...count).map { 2 * $0 })
        world.set.imageDescriptors = regions.means(or: alone)
        let trained = try Self.trainer.train(world.set)
        world.set.regions = regions
        world.set.sheets = world.set.sheets.map { sheet in
            let part = TermCounts(indices: sheet.terms.indices.map(UInt32.init), counts: sheet.coarse)
            return SheetDescriptor(terms: sheet.terms, coarse: sheet.coarse, fine: [part])
        }
        let previous = PreviousTraining(model: trained.model, trial: trained.trial, record: trained.record, fresh: [])
        let (outcome, increment) = try Self.trainer.extend(previous, with: world.set)
        let record = try #require(outcome, "\(increment)").record
        #expect(increment.freshPairs == 0 && increment.earlierAfter.figure > increment.earlierBefore.figure + 0.1, "\(increment)")
        #expect(try #require(record.chosenFineShare) > 0 && record.afterFine == increment.earlierAfter)
    }

    @Test func `Going on ends the same after a stop at any epoch`() throws {
        let (world, previous) = try Self.start()
        let whole = Memory()
        let (outcome, increment) = try Self.trainer.extend(previous, with: world.set, journal: whole)
        let expected = try #require(outcome, "\(increment)")
        #expect(whole.kept.count > 4)
        for (done, checkpoint) in zip(1..., whole.kept) where done % 5 == 2 || done == whole.kept.count {
            let found = try Self.trainer.extend(previous, with: world.set, journal: Memory(last: checkpoint)).outcome
            #expect(found?.model.digest == expected.model.digest && found?.record == expected.record, "stopped after epoch \(done)")
        }
    }
}
