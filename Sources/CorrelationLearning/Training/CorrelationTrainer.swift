import Documents
import LinearAlgebra
import Storage

/// Learns from known pairs how images and sheets correspond (CCL, adapted to few labels).
///
/// Features without supervision, a closed-form start, and two stages of gradient steps where cross-validation says that they help
/// (`ScheduleChoice`); the chosen schedule then runs again on all pairs.
public struct CorrelationTrainer: Sendable {
    /// What a training made.
    public struct Outcome: Sendable {
        public var model: CorrelationModel
        /// The model as validation judged it, without the pairs held back: what an incremental training goes on from.
        public var trial: CorrelationModel
        public var record: TrainingRecord
    }

    let settings: TrainingSettings

    /// Different sheets with a pair that learning needs: three to learn from and one to check.
    public static let neededSheets = 4

    public init(_ settings: TrainingSettings) {
        self.settings = settings
    }

    /// Throws when too few sheets have a pair: known before any descriptor is read.
    public static func checkSize(pairedSheets found: Int) throws(TrainingError) {
        guard found >= neededSheets else { throw .tooFewPairs(found: found, needed: neededSheets) }
    }

    /// Trains in one thread; the same set and settings give the same model bytes on one CPU model.
    ///
    /// With a `journal`, goes on from the checkpoint of the same training where there is one, and ends as if it had not stopped. Throws
    /// `TrainingError`, and what the source of the descriptors throws. Sheets are read once and images twice, of many
    /// once and some; what stays in memory is the terms of all sheets for a time (8 bytes each), then the features of every image and sheet.
    public func train(
        _ set: TrainingSet, journal: (any TrainingJournal)? = nil, progress: (TrainingProgress) -> Void = { _ in }
    ) throws -> Outcome {
        let pairs = set.pairs.filter { $0.weight > 0 }
        let pairedSheets = Set(pairs.map(\.sheet)).count
        try Self.checkSize(pairedSheets: pairedSheets)
        var generator = SeededGenerator(seed: settings.seed)
        guard set.pairs.allSatisfy(\.weight.isFinite),
            let learnedImages = try ImageFeatures(learning: set.descriptors, components: settings.imageComponents),
            let (learnedTexts, texts, known) = try TextFeatures.learning(set.descriptors, settings: settings, generator: &generator)
        else { throw TrainingError.notFinite(stage: .features, epoch: 0) }
        var problem = try Self.problem(set, pairs, learnedImages, learnedTexts, texts: (texts, known))
        var drawing = SeededGenerator(seed: settings.seed &+ 9)
        let components = try ComponentChoice(
            settings: settings, problem: problem, folds: ValidationSplit.folds(of: pairs, share: settings.heldShare, generator: &drawing)
        ).choose()
        problem = problem.weighted(components.weights)
        let imageFeatures = learnedImages.weighted(components.weights.image), textFeatures = learnedTexts.weighted(components.weights.text)
        progress(TrainingProgress(stage: .features, epoch: 1, of: 1, loss: nil, validation: nil))
        let classes = problem.classes
        let dataDigest = set.digest.hex
        let log = StageLog(key: TrainingKey.hex(data: [dataDigest], settings: settings), journal: journal)
        let outcome = try CommonSpaceLearner(settings: settings).learn(problem, generator: &generator, log: log, progress: progress)

        let (chosen, split) = (outcome.choice, outcome.split)
        var record = TrainingRecord(
            settings: settings, sheets: set.descriptors.sheetCount, images: set.descriptors.imageCount, pairs: pairs.count,
            pairedSheets: pairedSheets, validationPairs: split.pairCount, validationSheets: split.heldSheets.count,
            dataDigest: dataDigest, heldSheets: split.heldSheets.map { Self.name($0, set.sheetNames) },
            heldImages: split.queries.map { Self.name($0.image, set.imageNames) }, blasCore: BLAS.core, epochs: chosen.epochs, choices: (components.choice.map { [$0] } ?? []) + chosen.choices,
            imageRidge: chosen.schedule.imageRidge, textRidge: chosen.schedule.textRidge,
            correlationPower: chosen.schedule.power, chosenStage1Epochs: chosen.schedule.stage1Epochs,
            chosenStage2Epochs: chosen.schedule.stage2Epochs, start: chosen.figures[0], afterStage1: chosen.figures[1],
            afterStage2: chosen.figures[2], afterFine: problem.parts.map { _ in chosen.chosen },
            chosenFineEpochs: problem.parts.map { _ in chosen.schedule.fineEpochs }, chosenFineShare: problem.parts.map { _ in chosen.schedule.fineShare },
            afterCategories: classes > 1 ? chosen.chosen : nil, categories: classes > 1 ? classes : nil,
            chosenBalance: classes > 1 ? chosen.schedule.balance : nil, chance: outcome.chance)
        func model(_ encoders: CommonEncoders) -> CorrelationModel {
            var model = CorrelationModel(imageFeatures: imageFeatures, textFeatures: textFeatures, encoders: encoders, seed: settings.seed)
            model.neighbours = chosen.schedule.neighbours
            return model
        }
        record.isSharpened = chosen.schedule.isSharpened ? true : nil
        return Outcome(model: model(outcome.encoders), trial: model(chosen.encoders), record: record)
    }

    /// A set as features, with its categories as numbers; `texts`: those of sheets, where they are known already.
    static func problem(
        _ set: TrainingSet, _ pairs: [TrainingPair], _ imageFeatures: ImageFeatures, _ textFeatures: TextFeatures,
        texts: (rows: Matrix, known: [Bool])? = nil
    ) throws -> CommonSpaceLearner.Problem {
        let source = set.descriptors
        let images = try imageFeatures.features(of: source)
        let (texts, known) = try texts ?? textFeatures.features(of: source)
        var parts: PartFeatures?
        if source.hasRegions {
            parts = PartFeatures(
                images: try imageFeatures.regionFeatures(of: source), texts: try textFeatures.fragmentFeatures(of: source), wholeImages: images,
                wholeTexts: texts)
        }
        guard images.isFinite, texts.isFinite, parts.map({ $0.images.values.isFinite && $0.texts.values.isFinite }) ?? true else {
            throw TrainingError.notFinite(stage: .features, epoch: 0)
        }
        let (categories, classes) = classes(set.categories)
        return CommonSpaceLearner.Problem(
            images: images, texts: texts, known: known, pairs: pairs, categories: categories, classes: classes, parts: parts)
    }

    static func name(_ row: Int, _ names: [String]) -> String { names.indices.contains(row) ? names[row] : String(row) }

    /// The categories as numbers, in byte order of their names, and how many there are.
    private static func classes(_ categories: [String?]) -> ([Int?], Int) {
        let names = Set(categories.compactMap { $0 }).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let numbers = Dictionary(zip(names, 0...), uniquingKeysWith: { first, _ in first })
        return (categories.map { $0.flatMap { numbers[$0] } }, names.count)
    }
}
