import LinearAlgebra

extension Schedule {
    /// Runs a schedule, or a stage of one, on any pairs.
    struct Search {
        let settings: TrainingSettings
        let problem: CommonSpaceLearner.Problem
        var log = StageLog()

        private var images: Matrix { problem.images }
        private var texts: Matrix { problem.texts }
        /// Whether codes are of categories alone, so that nothing else needs learning.
        var isCategoryAlone: Bool { problem.classes > 1 && settings.balance == .fixed(1) }

        /// Chooses how much categories and parts count by what `judge` says. The first of equals: both count only where they help.
        func chooseShares(
            _ encoders: inout CommonEncoders, _ schedule: inout Schedule, judge: (_ encoders: CommonEncoders, _ fineShare: Float) -> Double
        ) {
            var highest: Double?
            for balance in balances {
                for fineShare in problem.parts == nil ? [0] : Self.fineShares {
                    encoders.balance = balance
                    let figure = judge(encoders, fineShare)
                    if let highest, figure <= highest { continue }
                    highest = figure
                    (schedule.balance, schedule.fineShare) = (balance, fineShare)
                }
            }
            encoders.balance = schedule.balance
        }

        /// Adaptive balances: cosines that weigh the category, and the sharpened cosine of the pair beside it (`BlockScore`).
        static let adaptiveBalances: [(balance: Float, isSharpened: Bool)] =
            shares.map { ($0, false) } + ([0.05, 0.07, 0.1, 0.14, 0.2, 0.28, 0.4] as [Float]).map { ($0, true) }

        private var balances: [Float] {
            guard problem.classes > 1 else { return [0] }
            if case .fixed(let share) = settings.balance { return [share] }
            return Self.shares
        }

        func epochs(of stage: TrainingStage) -> Int {
            switch stage {
            case .stage1: settings.stage1Epochs
            case .stage2: settings.stage2Epochs
            case .fine: settings.fineEpochs
            default: 0
            }
        }

        /// How much parts count while they are learned, and what is chosen from afterwards.
        static let fineShare: Float = 0.5, fineShares: [Float] = [0, 0.25, 0.5, 0.75]
        /// What an adaptive balance chooses from.
        private static let shares: [Float] = [0, 0.1, 0.25, 0.5, 0.75, 0.9]

        /// Runs a schedule as it is, without looking at validation.
        func refit(
            _ pairs: [TrainingPair], _ schedule: Schedule, progress: (TrainingProgress) -> Void
        ) throws(TrainingError) -> CommonEncoders {
            let graph = PairGraph(pairs)
            var encoders = try start(pairs, schedule)
            let total = schedule.stage1Epochs + schedule.stage2Epochs + schedule.fineEpochs
            var before = 0
            for stage in [TrainingStage.stage1, .stage2, .fine] {
                encoders = try run(stage, graph, encoders, epochs: schedule[stage], baseline: nil, name: "refit.\(stage)") { _, epoch, loss in
                    progress(
                        TrainingProgress(stage: .refit, epoch: before + epoch, of: total, loss: loss, validation: nil))
                    return nil
                }.encoders
                before += schedule[stage]
            }
            if problem.classes > 1 {
                encoders.categories = try categories(pairs)
                (encoders.balance, encoders.isSharpened) = (schedule.balance, schedule.isSharpened)
            }
            return encoders
        }

        /// The categories that pairs and labelled texts teach; an image has the class of its surest labelled partner.
        func categories(_ pairs: [TrainingPair]) throws(TrainingError) -> CategoryRegressions {
            var labels = [Int?](repeating: nil, count: images.rows), weights = [Float](repeating: 0, count: images.rows)
            for pair in pairs where pair.weight > weights[pair.image] && problem.categories[pair.sheet] != nil {
                (labels[pair.image], weights[pair.image]) = (problem.categories[pair.sheet], pair.weight)
            }
            let trainer = CategoryTrainer(settings: settings.category, seed: settings.seed &+ 4)
            guard
                let learned = trainer.learn(
                    images: .init(features: images, labels: labels), texts: .init(features: texts, labels: problem.categories),
                    pairs: pairs, classes: problem.classes)
            else { throw .notFinite(stage: .categories, epoch: 0) }
            return learned
        }

        func correlation(_ pairs: [TrainingPair]) throws(TrainingError) -> CanonicalCorrelation {
            guard let correlation = CanonicalCorrelation(images: images, texts: texts, pairs: pairs) else { throw .notFinite(stage: .start, epoch: 0) }
            return correlation
        }

        func start(_ pairs: [TrainingPair], _ schedule: Schedule) throws(TrainingError) -> CommonEncoders {
            let correlation = try correlation(pairs)
            guard let directions = correlation.directions(imageRidge: schedule.imageRidge, textRidge: schedule.textRidge) else {
                throw .notFinite(stage: .start, epoch: 0)
            }
            return try start(correlation, directions, schedule)
        }

        func start(
            _ correlation: CanonicalCorrelation, _ directions: CanonicalDirections, _ schedule: Schedule, hiddenUnits: Int? = nil
        ) throws(TrainingError) -> CommonEncoders {
            let hiddenUnits = hiddenUnits ?? settings.hiddenUnits
            guard let maps = correlation.maps(directions, power: schedule.power, dimension: settings.codeDimension) else {
                throw .notFinite(stage: .start, epoch: 0)
            }
            // The hidden layers start the same whatever ran before.
            var generator = SeededGenerator(seed: settings.seed &+ 1)
            return CommonEncoders(
                image: Encoder(
                    linear: maps.image, bias: maps.imageBias, hiddenUnits: hiddenUnits, generator: &generator),
                text: Encoder(
                    linear: maps.text, bias: maps.textBias, hiddenUnits: hiddenUnits, generator: &generator))
        }

        /// Runs the epochs of one stage; see `StageRunner`.
        func run(
            _ stage: TrainingStage, _ graph: PairGraph, _ encoders: CommonEncoders, epochs: Int, baseline: Double?, fresh: Set<Int>? = nil, name: String,
            judge: (_ encoders: CommonEncoders, _ epoch: Int, _ loss: Double) -> StageRunner.Judgement?
        ) throws(TrainingError) -> (encoders: CommonEncoders, course: StageState.Course) {
            let runner = StageRunner(
                stage: stage, settings: settings, graph: graph, imageFeatures: images, textFeatures: texts, fresh: fresh)
            let generator = SeededGenerator(seed: settings.seed &+ (stage == .stage1 ? 2 : stage == .stage2 ? 3 : 5))
            let objective: StageRunner.Objective
            var extras = StageExtras()
            if stage == .stage1 {
                let x = images.gathering(graph.images), y = texts.gathering(graph.sheets)
                extras.imageDecoder = Decoder(code: encoders.image.forward(x).code, features: x)
                extras.textDecoder = Decoder(code: encoders.text.forward(y).code, features: y)
                objective = Objectives.stage1(lambda: settings.lambda)
            } else {
                if problem.classes > 1 {
                    extras.head = CategoryHead(codeDimension: settings.codeDimension, categories: problem.classes)
                    if settings.balance == .adaptive { extras.uncertainties = StageExtras.Uncertainties() }
                }
                if stage == .fine, let parts = problem.parts {
                    objective = Objectives.fine(settings, categories: problem.targets, parts: parts)
                } else {
                    objective = Objectives.stage2(settings, categories: problem.targets)
                }
            }
            return try runner.run(
                encoders, extras: extras, epochs: epochs, baseline: baseline, generator: generator, objective: objective, log: log,
                name: name, judge: judge)
        }
    }
}
