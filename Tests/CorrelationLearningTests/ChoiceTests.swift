import LinearAlgebra
import Testing

@testable import CorrelationLearning

struct ChoiceTests {
    /// Pairs of sheets with so many images each.
    private func pairs(_ counts: [Int]) -> [TrainingPair] {
        var pairs: [TrainingPair] = []
        for (sheet, count) in counts.enumerated() { for _ in 0..<count { pairs.append(TrainingPair(sheet: sheet, image: pairs.count)) } }
        return pairs
    }

    private func folds(_ pairs: [TrainingPair], share: Double = 0.25, seed: UInt64 = 1) -> [ValidationSplit] {
        var generator = SeededGenerator(seed: seed)
        return ValidationSplit.folds(of: pairs, share: share, generator: &generator)
    }

    @Test(arguments: [[1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [9, 3, 3, 2, 1, 1], [40, 1, 1, 1], Array(repeating: 3, count: 50)], [0.05, 0.2, 0.25])
    func `Each pair is held back once at most, never more than the share`(counts: [Int], share: Double) {
        let pairs = pairs(counts)
        for seed in 1...20 as ClosedRange<UInt64> {
            let folds = folds(pairs, share: share, seed: seed)
            #expect(!folds.isEmpty)
            var held: [Int] = []
            for fold in folds {
                #expect(fold.pairCount <= max(1, Int(Double(pairs.count) * share)))
                #expect(fold.learning.count + fold.pairCount == pairs.count)
                #expect(Set(fold.learning.map(\.image)).isDisjoint(with: fold.queries.map(\.image)))
                for query in fold.queries {
                    let taught = fold.learning.count { $0.sheet == query.sheets[0] }
                    #expect(query.sheetIsKnown ? taught > 0 : taught == 0, "a sheet goes with its images, or lends one and keeps another")
                }
                held += fold.queries.map(\.image)
            }
            #expect(Set(held).count == held.count)
        }
    }

    @Test func `Nothing is held back where nothing may be, or where all pairs have one image`() {
        #expect(folds(pairs([1, 1, 1, 1]), share: 0).isEmpty)
        #expect(folds((0..<8).map { TrainingPair(sheet: $0, image: 0) }).isEmpty)
    }

    @Test func `Sheets that share an image are held back together`() {
        let pairs = (0..<20).map { TrainingPair(sheet: $0, image: $0 / 2) }
        for fold in folds(pairs) { #expect(fold.heldSheets.allSatisfy { fold.heldSheets.contains($0 ^ 1) }) }
    }

    @Test func `A gain counts the questions of a sheet as one`() {
        let sure = Gain([0.5, 0.6, 0.7, 0.6], over: [0.1, 0.2, 0.3, 0.2], sheets: [1, 2, 3, 4])
        #expect(abs(sure.mean - 0.4) < 1e-12 && sure.standardError < 1e-12 && sure.atLeast > 0.39)
        let differences = [0.3, 0.1, -0.2, 0.4], mean = 0.15
        let alone = Gain(differences, over: [0, 0, 0, 0], sheets: [1, 2, 3, 4])
        let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3
        #expect(abs(alone.standardError - (variance / 4).squareRoot()) < 1e-12, "the standard error of a mean")
        // Twice the same answers are no more than once.
        let twice = Gain(differences + differences, over: [Double](repeating: 0, count: 8), sheets: [1, 2, 3, 4, 1, 2, 3, 4])
        #expect(abs(twice.standardError - alone.standardError) < 1e-12)
        #expect(Gain([1, 1], over: [0, 0], sheets: [7, 7]).atLeast == -.infinity && Gain([], over: [], sheets: []).atLeast == -.infinity)
    }

    @Test func `Noise is left at the prior`() throws {
        var chosen = 0
        for seed in 1...8 as ClosedRange<UInt64> {
            var world = SyntheticWorld(sheets: 20, imagesPerSheet: 1, seed: seed)
            // Every image goes to a sheet that it knows nothing of.
            for place in world.set.pairs.indices { world.set.pairs[place].sheet = (world.set.pairs[place].sheet * 7 + 3) % 20 }
            var settings = SyntheticWorld.quick
            settings.ridges = [10, 1, 0.1]
            let record = try CorrelationTrainer(settings).train(world.set).record
            chosen += (record.chosenStage1Epochs > 0 ? 1 : 0) + (record.chosenStage2Epochs > 0 ? 1 : 0)
        }
        #expect(chosen <= 3, "\(chosen) of 16 stages")
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `Hubness correction takes half the mean of the highest cosines, and one half of what nothing is known of`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let cosines = Matrix(rows: 9, columns: 12, values: generator.normalMatrix(rows: 9, columns: 12, deviation: 1))
        for neighbours in [1, 3, 12, 20] {
            let losses = NeighbourLosses.of(cosines, neighbours: neighbours, known: (0..<9).map { $0 != 4 })
            for (row, loss) in losses.enumerated() {
                let highest = cosines.row(row).sorted(by: >).prefix(neighbours)
                #expect(row == 4 ? loss == 0.5 : abs(loss - highest.reduce(0, +) / Float(2 * highest.count)) < 1e-5)
            }
        }
        #expect(NeighbourLosses.of(Matrix(rows: 2, columns: 0), neighbours: 3, known: [true, true]) == [0, 0])
    }

    @Test func `Hubness correction is chosen where held-back pairs say that it helps, and searching is told`() throws {
        var chosen = 0
        for seed in 1...4 as ClosedRange<UInt64> {
            var settings = SyntheticWorld.quick
            (settings.ridges, settings.stage1Epochs, settings.stage2Epochs) = ([1], 0, 0)
            var set = SyntheticWorld(sheets: 60, seed: seed).set
            set.categories = set.categories.map { _ in nil }
            let outcome = try CorrelationTrainer(settings).train(set)
            let choice = try #require(outcome.record.choices?.last)
            #expect(choice.part == "hubness" && choice.candidates == 2)
            let gain = try #require(choice.gain), isSure = gain > 2 * (choice.standardError ?? .infinity)
            #expect(outcome.model.neighbours == (isSure ? CorrelationModel.neighboursThatCorrect : 0) && outcome.trial.neighbours == outcome.model.neighbours)
            #expect(choice.chosen == "\(outcome.model.neighbours) neighbours")
            chosen += isSure ? 1 : 0
        }
        #expect(chosen > 0, "in some of these worlds it surely helps")
    }

    @Test(arguments: [true, false])
    func `The record says how each part was chosen, and what is gained surely is taken`(hasCategories: Bool) throws {
        var set = SyntheticWorld(sheets: 40).set
        if !hasCategories { set.categories = set.categories.map { _ in nil } }
        let record = try CorrelationTrainer(SyntheticWorld.quick).train(set).record
        let choices = try #require(record.choices)
        let known = ["components", "closedForm", "stage1", "stage2"] + (hasCategories ? ["balance"] : []) + (record.isSharpened == true ? [] : ["hubness"])
        #expect(choices.map(\.part) == known)
        #expect(choices[1].candidates > 3 && choices[1].folds >= 5 && choices[1].chosen.contains("power"))
        // A balance may cost pairs a little for the sake of categories; all else has to gain.
        let taken = choices.filter { $0.gain != nil && !$0.chosen.hasPrefix("0 ") && $0.part != "balance" }
        #expect(!taken.isEmpty, "in this world something is better than the prior")
        for choice in taken { #expect(try #require(choice.gain) > 2 * (try #require(choice.standardError)), "\(choice)") }
        #expect(record.validationPairs * 4 <= record.pairs)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `An adaptive balance finds categories better than the pair's code alone, in scores as the model has them`(seed: UInt64) throws {
        var settings = SyntheticWorld.quick
        (settings.ridges, settings.stage1Epochs, settings.stage2Epochs) = ([1], 0, 0)
        let world = SyntheticWorld(sheets: 70, unseen: 10, seed: seed)
        let both = try CorrelationTrainer(settings).train(world.set)
        settings.balance = .fixed(0)
        let pair = try CorrelationTrainer(settings).train(world.set)
        let choice = try #require(both.record.choices?.first { $0.part == "balance" })
        #expect(choice.candidates > 10)
        #expect((both.record.isSharpened ?? false) == (both.model.blockScore != nil))
        func precision(_ model: CorrelationModel) -> Double {
            let scores = model.scores(images: model.encode(images: world.set.imageDescriptors), sheets: model.encode(sheets: world.set.sheets))
            let wanted = (0..<70).map { world.set.categories[$0] }
            let own = (0..<scores.rows).map { world.set.categories[$0 / 3] }
            let hits = (0..<scores.rows).map { row in
                (0..<70).sorted { scores[row, $0] > scores[row, $1] }.prefix(20).count { wanted[$0] == own[row] }
            }
            return Double(hits.reduce(0, +)) / Double(20 * scores.rows)
        }
        #expect(precision(both.model) >= precision(pair.model) - 0.01)
        let read = try CorrelationModel(both.model.tensorFile)
        #expect(read.blockScore == both.model.blockScore)
    }
}
