import Documents
import LinearAlgebra

extension CorrelationTrainer {
    /// Goes on from a model with new pairs, replaying the old ones, or with the first categories or regions on all pairs.
    ///
    /// Vocabulary and components stay as they are, so terms that only new sheets have say nothing until the next full training. Of the
    /// new sheets a share is held back, at least five or half; what earlier trainings held back stays so. The outcome is `nil` when no
    /// number of epochs makes the mean of both figures better. Throws `tooFewNewPairs` when too few sheets have an image that had no
    /// pair, and nothing else is new. An epoch costs what one of `train` costs for the new images and as many old ones, at least a
    /// batch. With a `journal`, goes on from the checkpoint of the same training.
    public func extend(
        _ previous: PreviousTraining, with set: TrainingSet, journal: (any TrainingJournal)? = nil,
        progress: (TrainingProgress) -> Void = { _ in }
    ) throws -> (outcome: Outcome?, increment: Increment) {
        guard set.pairs.allSatisfy(\.weight.isFinite) else { throw TrainingError.notFinite(stage: .features, epoch: 0) }
        let places = set.pairs.indices.filter { set.pairs[$0].weight > 0 }
        let pairs = places.map { set.pairs[$0] }
        let problem = try Self.problem(set, pairs, previous.model.imageFeatures, previous.model.textFeatures)
        let held = split(pairs, fresh: Set(places.indices.filter { previous.fresh.contains(places[$0]) }), previous.record, set)
        // What is there for the first time is learned from every pair.
        let isFirst = (problem.parts != nil && previous.record.chosenFineShare == nil) || (problem.classes > 1 && previous.record.categories == nil)
        guard isFirst || held.isEnough else {
            let sheets = Set(places.filter { previous.fresh.contains($0) }.map { set.pairs[$0].sheet })
            throw TrainingError.tooFewNewPairs(found: sheets.count, needed: Self.neededSheets)
        }
        progress(TrainingProgress(stage: .features, epoch: 1, of: 1, loss: nil, validation: nil))
        var learning = problem
        for sheet in held.all.heldSheets { learning.categories[sheet] = nil }
        let log = StageLog(key: TrainingKey.hex(data: [set.digest.hex, previous.model.digest.hex], settings: settings), journal: journal)
        var settings = settings
        settings.codeDimension = previous.model.encoders.image.linear.columns
        let validator = Validator(problem, held.all, balance: settings.balance)
        let (earlier, fresh) = (
            Validator(problem, held.earlier, balance: settings.balance), Validator(problem, held.fresh, balance: settings.balance)
        )
        let whole = problem
        func search(_ problem: CommonSpaceLearner.Problem) -> ReplaySearch {
            ReplaySearch(
                search: Schedule.Search(settings: settings, problem: problem, log: log), validator: validator,
                earlier: Questions(whole, held.earlier, balance: settings.balance), fresh: Questions(whole, held.fresh, balance: settings.balance),
                freshImages: isFirst ? nil : held.freshImages)
        }

        let before = (encoders: previous.trial.encoders, share: previous.record.chosenFineShare ?? 0)
        let after = try search(learning).choose(before.encoders, held.all.learning, progress: progress)
        let increment = Increment(
            parent: previous.model.digest.hex, freshPairs: previous.fresh.count, earlierPairs: pairs.count - previous.fresh.count,
            earlierBefore: earlier.figures(before.encoders, fineShare: before.share),
            earlierAfter: earlier.figures(after.encoders, fineShare: after.schedule.fineShare),
            freshBefore: fresh.figures(before.encoders, fineShare: before.share),
            freshAfter: fresh.figures(after.encoders, fineShare: after.schedule.fineShare),
            figureBefore: search(learning).figure(before.encoders, fineShare: before.share),
            figureAfter: search(learning).figure(after.encoders, fineShare: after.schedule.fineShare))
        guard increment.isBetter else { return (nil, increment) }
        let encoders = try search(problem).refit(previous.model.encoders, pairs, after.schedule, progress: progress)

        var record = previous.record
        record.settings = settings
        record.describe(set, pairs, held.all)
        record.take(after.schedule, after.epochs, hasParts: problem.parts != nil, classes: problem.classes)
        record.start = validator.figures(before.encoders, fineShare: before.share)
        record.afterStage1 = record.start
        record.afterStage2 = validator.figures(after.encoders, fineShare: after.schedule.fineShare)
        record.afterFine = problem.parts.map { _ in record.afterStage2 }
        record.afterCategories = problem.classes > 1 ? record.afterStage2 : nil
        record.chance = validator.chance
        record.increment = increment
        func model(_ encoders: CommonEncoders) -> CorrelationModel {
            var model = CorrelationModel(
                imageFeatures: previous.model.imageFeatures, textFeatures: previous.model.textFeatures, encoders: encoders, seed: settings.seed)
            // As the full training chose.
            model.neighbours = previous.model.neighbours
            return model
        }
        return (Outcome(model: model(encoders), trial: model(after.encoders), record: record), increment)
    }

    /// What is held back: of earlier pairs what the record says, of new ones a seeded share, or none when too few sheets have a new
    /// image. An image that had a pair is no query: the model may have learned from it.
    private func split(
        _ pairs: [TrainingPair], fresh: Set<Int>, _ record: TrainingRecord, _ set: TrainingSet
    ) -> (isEnough: Bool, all: ValidationSplit, earlier: ValidationSplit, fresh: ValidationSplit, freshImages: Set<Int>) {
        let (namedSheets, namedImages) = (Set(record.heldSheets ?? []), Set(record.heldImages ?? []))
        let heldSheets = Set((0..<set.descriptors.sheetCount).filter { namedSheets.contains(Self.name($0, set.sheetNames)) })
        let heldImages = Set((0..<set.descriptors.imageCount).filter { namedImages.contains(Self.name($0, set.imageNames)) })
        let known = pairs.indices.filter { !fresh.contains($0) }
        let (knownImages, knownSheets) = (Set(known.map { pairs[$0].image }), Set(known.map { pairs[$0].sheet }))

        let new = pairs.indices.filter {
            fresh.contains($0) && !knownImages.contains(pairs[$0].image) && !heldImages.contains(pairs[$0].image) && !heldSheets.contains(pairs[$0].sheet)
        }.map { pairs[$0] }
        let sheets = Set(new.map(\.sheet)).count
        let isEnough = sheets >= Self.neededSheets
        var generator = SeededGenerator(seed: settings.seed &+ 7)
        let share = isEnough ? max(settings.validationShare, min(0.5, 5 / Double(sheets))) : 0
        let drawn = ValidationSplit.folds(of: new, share: share, lends: false, generator: &generator).first ?? ValidationSplit(pairs: new, heldSheets: [], heldImages: [])
        // A sheet with older pairs was seen in training, though its new image was not.
        let newSheets = Set(drawn.heldSheets).subtracting(knownSheets), newImages = Set(drawn.queries.map(\.image))
        return (
            isEnough,
            all: ValidationSplit(pairs: pairs, heldSheets: heldSheets.union(newSheets), heldImages: heldImages.union(newImages)),
            earlier: ValidationSplit(pairs: pairs, heldSheets: heldSheets, heldImages: heldImages),
            fresh: ValidationSplit(pairs: pairs, heldSheets: newSheets, heldImages: newImages),
            freshImages: Set(fresh.map { pairs[$0].image })
        )
    }
}

extension TrainingRecord {
    /// What there was to learn from, and what of it was held back.
    fileprivate mutating func describe(_ set: TrainingSet, _ pairs: [TrainingPair], _ split: ValidationSplit) {
        (sheets, images, self.pairs, pairedSheets) = (set.descriptors.sheetCount, set.descriptors.imageCount, pairs.count, Set(pairs.map(\.sheet)).count)
        (validationPairs, validationSheets) = (split.pairCount, split.heldSheets.count)
        heldSheets = split.heldSheets.map { CorrelationTrainer.name($0, set.sheetNames) }
        heldImages = split.queries.map { CorrelationTrainer.name($0.image, set.imageNames) }
        (dataDigest, blasCore) = (set.digest.hex, BLAS.core)
    }

    /// What was chosen after the start, and the way there.
    fileprivate mutating func take(_ schedule: Schedule, _ epochs: [Epoch], hasParts: Bool, classes: Int) {
        self.epochs = epochs
        (chosenStage1Epochs, chosenStage2Epochs) = (0, schedule.stage2Epochs)
        (chosenFineEpochs, chosenFineShare) = hasParts ? (schedule.fineEpochs, schedule.fineShare) : (nil, nil)
        (categories, chosenBalance) = classes > 1 ? (classes, schedule.balance) : (nil, nil)
    }
}
