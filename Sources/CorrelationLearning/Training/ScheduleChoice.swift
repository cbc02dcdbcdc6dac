import LinearAlgebra

/// Chooses a schedule: the closed form, unless held-back pairs say that something else is better.
///
/// What comes in: a problem and its folds, parts of the pairs that are held back in turn. What goes out: a schedule, the encoders of the
/// first fold, and how each part was chosen. It promises: ridges, power, epochs, shares and hubness correction stay at the prior unless they gain more than
/// two standard errors over it on questions of both directions (`Questions`, `Gain`). How many epochs a stage takes is chosen on the first
/// fold; the other folds confirm that so many help, as long as that is cheap.
struct ScheduleChoice {
    let settings: TrainingSettings
    let problem: CommonSpaceLearner.Problem
    let folds: [ValidationSplit]
    let log: StageLog

    /// A schedule, how it was found, and its figures after each part, on the first fold.
    struct Outcome {
        var schedule: Schedule
        var encoders: CommonEncoders
        var epochs: [TrainingRecord.Epoch] = []
        /// After the start and each stage.
        var figures: [ValidationFigures]
        /// With everything chosen.
        var chosen: ValidationFigures
        var choices: [TrainingRecord.Choice]
    }

    /// One part of the pairs held back, and what the others taught so far.
    private struct Fold {
        let search: Schedule.Search
        let learning: [TrainingPair]
        let graph: PairGraph
        let questions: Questions
        var encoders: CommonEncoders
    }

    /// Pairs to learn from in all folds together when a stage is confirmed.
    private static let mostConfirmed = 5000
    /// The closed form is asked again with other folds until so many pairs were held back, as far as these bounds allow.
    private static let enoughHeld = 200, fewestRepeats = 2, mostRepeats = 5

    func choose(generator: inout SeededGenerator, progress: (TrainingProgress) -> Void) throws(TrainingError) -> Outcome {
        let split = folds.first ?? ValidationSplit(pairs: problem.pairs, heldSheets: [], heldImages: [])
        let validator = Validator(problem, split, balance: settings.balance)
        var repeats = [folds]
        for _ in 1..<min(Self.mostRepeats, max(Self.fewestRepeats, Self.enoughHeld / max(1, problem.pairs.count))) where !folds.isEmpty {
            repeats.append(ValidationSplit.folds(of: problem.pairs, share: settings.heldShare, generator: &generator))
        }
        let search = Schedule.Search(settings: settings, problem: problem, log: log)
        let closedForm = try ClosedFormSearch(search: search, repeats: repeats).choose()
        var schedule = closedForm.schedule
        var choices = [
            TrainingRecord.Choice(
                part: "closedForm", chosen: "ridges \(schedule.imageRidge) and \(schedule.textRidge), power \(schedule.power)", candidates: closedForm.candidates,
                folds: repeats.reduce(0) { $0 + $1.count }, gain: closedForm.gain)
        ]
        let confirming = max(1, min(folds.count, Self.mostConfirmed / max(1, problem.pairs.count)))
        var parts: [Fold] = []
        for split in folds.isEmpty ? [split] : Array(folds.prefix(confirming)) {
            var learning = problem
            for text in split.heldSheets { learning.categories[text] = nil }
            let search = Schedule.Search(settings: settings, problem: learning, log: log)
            let graph = PairGraph(split.learning)
            parts.append(Fold(
                search: search, learning: split.learning, graph: graph, questions: Questions(problem, split, balance: settings.balance), encoders: try search.start(split.learning, schedule)))
        }

        var outcome = Outcome(
            schedule: schedule, encoders: parts[0].encoders, figures: [validator.figures(parts[0].encoders)], chosen: validator.chance, choices: [])
        progress(TrainingProgress(stage: .start, epoch: 1, of: 1, loss: nil, validation: validator.figure(outcome.figures[0])))
        for stage in problem.parts == nil ? [TrainingStage.stage1, .stage2] : [.stage1, .stage2, .fine] {
            let tried = try attempt(stage, &parts, validator, progress)
            schedule[stage] = tried.epochs
            outcome.epochs += tried.course
            outcome.figures.append(validator.figures(parts[0].encoders, fineShare: stage == .fine ? Schedule.Search.fineShare : 0))
            choices.append(
                TrainingRecord.Choice(
                    part: stage.rawValue, chosen: "\(tried.epochs) epochs", candidates: tried.course.count + 1, folds: tried.folds, gain: tried.gain))
        }

        // An adaptive balance asks all folds, a fixed one only shows what it does.
        let isAdaptive = problem.classes > 1 && settings.balance == .adaptive && problem.parts == nil
        if problem.classes > 1 {
            for place in isAdaptive ? parts.indices : parts.indices.prefix(1) {
                parts[place].encoders.categories = try parts[place].search.categories(parts[place].learning)
            }
        }
        if isAdaptive { choices.append(chooseBalance(&parts, &schedule)) }
        var encoders = parts[0].encoders
        let questions = parts[0].questions
        // The first candidate, pairs and wholes alone, is what the others have to surpass.
        var reference: [Double]?, gain: Gain?, candidates = 0
        if !isAdaptive {
            parts[0].search.chooseShares(&encoders, &schedule) { encoders, fineShare in
                let scores = questions.scores(encoders, fineShare: fineShare)
                let found = Gain(scores, over: reference ?? scores, sheets: questions.sheetOfEach)
                if let reference, scores != reference, found.atLeast > max(0, gain?.atLeast ?? 0) { gain = found }
                if reference == nil { reference = scores }
                candidates += 1
                return found.atLeast
            }
        }
        if !isAdaptive, problem.classes > 1 || problem.parts != nil {
            choices.append(
                TrainingRecord.Choice(
                    part: "shares", chosen: "category \(schedule.balance), parts \(schedule.fineShare)", candidates: candidates, folds: 1, gain: gain))
        }
        parts[0].encoders = encoders
        if !schedule.isSharpened {
            let hubness = hubness(parts, labelled: isAdaptive)
            schedule.neighbours = hubness.neighbours
            choices.append(hubness.choice)
        }
        outcome.chosen = validator.figures(encoders, fineShare: schedule.fineShare)
        if problem.classes > 1 {
            progress(TrainingProgress(stage: .categories, epoch: 1, of: 1, loss: nil, validation: validator.figure(outcome.chosen)))
        }
        (outcome.schedule, outcome.encoders, outcome.choices) = (schedule, encoders, choices)
        return outcome
    }

    /// What falls equally short of either question: of the mean reciprocal rank of pairs, of the mean average precision of categories.
    private static let pairUnit = 0.03, categoryUnit = 0.01
    /// Sheets that are asked about, below which a balance is not chosen.
    private static let fewestForBalance = 40

    /// Chooses an adaptive balance: the one that falls least short of the best for either question, by its worse answer. Each fold's encoders
    /// take it. With few pairs nothing is known well enough, and the pair's code stays alone.
    private func chooseBalance(_ folds: inout [Fold], _ schedule: inout Schedule) -> TrainingRecord.Choice {
        let sheets = folds.flatMap(\.questions.sheetOfEach), candidates = Schedule.Search.adaptiveBalances
        var place = 0, gain: Gain?
        if Set(sheets).count >= Self.fewestForBalance {
            let answers = candidates.map { candidate in
                folds.flatMap { fold in
                    var encoders = fold.encoders
                    (encoders.balance, encoders.isSharpened) = candidate
                    return fold.questions.bothAnswers(encoders)
                }
            }
            let pairs = answers.map { Self.mean($0.map(\.reciprocalRank)) }, categories = answers.map { Self.mean($0.compactMap(\.precision)) }
            let (bestPair, bestCategory) = (pairs.max() ?? 0, categories.max() ?? 0)
            let shortfalls = zip(pairs, categories).map { max((bestPair - $0) / Self.pairUnit, (bestCategory - $1) / Self.categoryUnit) }
            place = shortfalls.indices.min { (shortfalls[$0], $0) < (shortfalls[$1], $1) } ?? 0
            if place > 0 { gain = Gain(answers[place].map(\.reciprocalRank), over: answers[0].map(\.reciprocalRank), sheets: sheets) }
        }
        let chosen = candidates[place]
        (schedule.balance, schedule.isSharpened) = chosen
        for place in folds.indices { (folds[place].encoders.balance, folds[place].encoders.isSharpened) = chosen }
        return TrainingRecord.Choice(
            part: "balance", chosen: "category \(chosen.balance)\(chosen.isSharpened ? ", pair sharpened" : "")", candidates: candidates.count, folds: folds.count,
            gain: gain)
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

    /// Whether hubness correction helps the wholes, which searching compares, by the questions of all folds together; with categories by
    /// those of the first, which alone has them.
    private func hubness(_ folds: [Fold], labelled: Bool) -> (neighbours: Int, choice: TrainingRecord.Choice) {
        let asked = folds.prefix(problem.classes > 1 && !labelled ? 1 : folds.count)
        func scores(_ neighbours: Int) -> [Double] { asked.flatMap { $0.questions.scores($0.encoders, neighbours: neighbours) } }
        let corrected = CorrelationModel.neighboursThatCorrect
        let gain = Gain(scores(corrected), over: scores(0), sheets: asked.flatMap(\.questions.sheetOfEach))
        let neighbours = gain.atLeast > 0 ? corrected : 0
        return (
            neighbours,
            TrainingRecord.Choice(part: "hubness", chosen: "\(neighbours) neighbours", candidates: 2, folds: asked.count, gain: gain.standardError.isFinite ? gain : nil))
    }

    /// Runs a stage on the first fold, and as many epochs as help there on the others; where all together do not say that it helps, the
    /// encoders stay as they were.
    private func attempt(
        _ stage: TrainingStage, _ folds: inout [Fold], _ validator: Validator, _ progress: (TrainingProgress) -> Void
    ) throws(TrainingError) -> (epochs: Int, course: [TrainingRecord.Epoch], gain: Gain?, folds: Int) {
        let fineShare = stage == .fine ? Schedule.Search.fineShare : 0
        let first = folds[0], sheets = first.questions.sheetOfEach
        let most = first.search.isCategoryAlone ? 0 : first.search.epochs(of: stage)
        let before = first.questions.scores(first.encoders, fineShare: fineShare)
        let result = try first.search.run(stage, first.graph, first.encoders, epochs: most, baseline: 0, name: "choose.\(stage)") { encoders, epoch, loss in
            let figures = validator.figures(encoders, fineShare: fineShare)
            progress(TrainingProgress(stage: stage, epoch: epoch, of: most, loss: loss, validation: validator.figure(figures)))
            let gain = Gain(first.questions.scores(encoders, fineShare: fineShare), over: before, sheets: sheets)
            return (gain.atLeast, TrainingRecord.Epoch(
                stage: stage, epoch: epoch, loss: loss, recallAt5: figures.recallAt5, meanReciprocalRank: figures.meanReciprocalRank))
        }
        let epochs = result.course.bestEpoch
        guard epochs > 0 else { return (0, result.course.epochs, nil, 1) }

        var trained = [result.encoders]
        var (old, new, asked) = (before, first.questions.scores(result.encoders, fineShare: fineShare), sheets)
        for (place, fold) in folds.enumerated().dropFirst() {
            let again = try fold.search.run(
                stage, fold.graph, fold.encoders, epochs: epochs, baseline: nil, name: "confirm.\(stage).\(place)"
            ) { _, epoch, loss in
                progress(TrainingProgress(stage: stage, epoch: epoch, of: epochs, loss: loss, validation: nil))
                return nil
            }.encoders
            trained.append(again)
            old += fold.questions.scores(fold.encoders, fineShare: fineShare)
            new += fold.questions.scores(again, fineShare: fineShare)
            asked += fold.questions.sheetOfEach
        }
        let gain = Gain(new, over: old, sheets: asked)
        guard gain.atLeast > 0 else { return (0, result.course.epochs, gain, folds.count) }
        for place in folds.indices { folds[place].encoders = trained[place] }
        return (epochs, result.course.epochs, gain, folds.count)
    }
}

extension TrainingSettings {
    /// At most a quarter is held back at a time.
    var heldShare: Double { min(0.25, validationShare) }
}

extension TrainingRecord.Choice {
    fileprivate init(part: String, chosen: String, candidates: Int, folds: Int, gain: Gain?) {
        self.init(
            part: part, chosen: chosen, candidates: candidates, folds: folds, gain: gain?.mean,
            standardError: gain.flatMap { $0.standardError.isFinite ? $0.standardError : nil })
    }
}
