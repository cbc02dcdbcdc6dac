package import LinearAlgebra

/// Learns one space for features of both modalities from pairs and what categories are known.
///
/// What comes in: features (rows of any kind, already comparable by products), pairs, categories of some texts. What goes out:
/// encoders of both modalities, and how they were chosen. It promises: the same result for the same problem, settings and seed,
/// on one CPU model.
///
/// A closed-form start, two stages of gradient steps, calibrated categories; cross-validation chooses ridges, how many epochs each
/// stage takes and, for an adaptive balance, how much the category counts, and leaves all at a prior that nothing surely surpasses
/// (`ScheduleChoice`). The chosen schedule runs again on all.
package struct CommonSpaceLearner {
    /// What there is to learn from.
    package struct Problem {
        /// `n x p` and `m x q` features.
        package var images: Matrix, texts: Matrix
        /// Whether each text says anything; `m` values.
        package var known: [Bool]
        /// Rows of texts (`sheet`) and images that belong together.
        package var pairs: [TrainingPair]
        /// The class of each text, where one is known; `m` values.
        package var categories: [Int?]
        /// How many classes there are; fewer than two are as good as none.
        package var classes: Int
        /// Regions and fragments, where there are any.
        package var parts: PartFeatures?

        package init(
            images: Matrix, texts: Matrix, known: [Bool], pairs: [TrainingPair], categories: [Int?], classes: Int, parts: PartFeatures? = nil
        ) {
            precondition(known.count == texts.rows && categories.count == texts.rows, "every text is known or not and has a class or nil")
            self.images = images
            self.texts = texts
            self.known = known
            self.pairs = pairs
            self.categories = classes > 1 ? categories : [Int?](repeating: nil, count: texts.rows)
            self.classes = classes > 1 ? classes : 0
            self.parts = parts
        }

        /// `m x classes`: one-hot rows, zeros for texts without a class.
        var targets: Matrix {
            var targets = Matrix(rows: texts.rows, columns: classes)
            for (row, category) in categories.enumerated() { if let category { targets[row, category] = 1 } }
            return targets
        }
    }

    /// What was learned and how.
    package struct Outcome {
        package var encoders: CommonEncoders
        /// How much the alignment of parts should count beside the wholes, 0 to 1.
        package var fineShare: Float { choice.schedule.fineShare }
        var choice: ScheduleChoice.Outcome
        var split: ValidationSplit
        var chance: ValidationFigures
    }

    let settings: TrainingSettings

    package init(settings: TrainingSettings) { self.settings = settings }

    /// Learns in the calling thread, from the seed of the settings.
    package func learn(_ problem: Problem, progress: (TrainingProgress) -> Void = { _ in }) throws(TrainingError) -> Outcome {
        var generator = SeededGenerator(seed: settings.seed)
        return try learn(problem, generator: &generator, progress: progress)
    }

    /// Learns; `generator` draws the validation part.
    func learn(
        _ problem: Problem, generator: inout SeededGenerator, log: StageLog = StageLog(), progress: (TrainingProgress) -> Void
    ) throws(TrainingError) -> Outcome {
        let folds = ValidationSplit.folds(of: problem.pairs, share: settings.heldShare, generator: &generator)
        let choice = try ScheduleChoice(settings: settings, problem: problem, folds: folds, log: log).choose(generator: &generator, progress: progress)
        let encoders = try Schedule.Search(settings: settings, problem: problem, log: log).refit(problem.pairs, choice.schedule, progress: progress)
        let split = folds.first ?? ValidationSplit(pairs: problem.pairs, heldSheets: [], heldImages: [])
        return Outcome(encoders: encoders, choice: choice, split: split, chance: Validator(problem, split, balance: settings.balance).chance)
    }
}
