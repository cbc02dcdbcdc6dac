import LinearAlgebra

extension Schedule {
    /// Finds a schedule on the pairs that validation left, and runs a schedule on any pairs.
    struct Search {
        let settings: TrainingSettings
        let images: Matrix
        let texts: Matrix
        /// `sheets x classes`, zero rows for sheets without a category.
        let categories: Matrix
        let validator: Validator

        /// A schedule, how it was found, and its figures after each part.
        typealias Choice = (
            schedule: Schedule, epochs: [TrainingRecord.Epoch], start: ValidationFigures, afterStage1: ValidationFigures,
            afterStage2: ValidationFigures
        )

        /// Tries every pair of ridges, then as many epochs of each stage as help; epoch 0 is always a candidate.
        func choose(_ graph: PairGraph, progress: (TrainingProgress) -> Void) throws(TrainingError) -> Choice {
            var schedule = Schedule(imageRidge: 1, textRidge: 1, power: 1, stage1Epochs: 0, stage2Epochs: 0)
            var best: (encoders: Encoders, figures: ValidationFigures)?
            let closedForm = try correlation(graph)
            let ridges = settings.ridges.isEmpty ? [0.1] : settings.ridges
            for image in ridges {
                for text in ridges {
                    for power in [1, 0.5, 2] as [Float] {
                        let candidate = Schedule(
                            imageRidge: image, textRidge: text, power: power, stage1Epochs: 0, stage2Epochs: 0)
                        let encoders = try start(closedForm, candidate)
                        let figures = validator.figures(encoders)
                        if let best, figures.figure <= best.figures.figure { continue }
                        (best, schedule) = ((encoders, figures), candidate)
                    }
                }
            }
            guard let best else { throw .notFinite(stage: .start, epoch: 0) }
            progress(
                TrainingProgress(stage: .start, epoch: 1, of: 1, loss: nil, validation: best.figures.figure))

            var epochs: [TrainingRecord.Epoch] = []
            var encoders = best.encoders, after = [best.figures]
            for stage in [TrainingStage.stage1, .stage2] {
                let most = stage == .stage1 ? settings.stage1Epochs : settings.stage2Epochs
                let baseline = validator.queries.isEmpty ? 0 : after[after.count - 1].figure
                let result = try run(stage, graph, encoders, epochs: most, baseline: baseline) { encoders, epoch, loss in
                    let figures = validator.figures(encoders)
                    epochs.append(
                        TrainingRecord.Epoch(
                            stage: stage, epoch: epoch, loss: loss, recallAt5: figures.recallAt5,
                            meanReciprocalRank: figures.meanReciprocalRank))
                    progress(
                        TrainingProgress(stage: stage, epoch: epoch, of: most, loss: loss, validation: figures.figure))
                    return figures.figure
                }
                encoders = result.encoders
                after.append(validator.figures(encoders))
                if stage == .stage1 { schedule.stage1Epochs = result.epochs } else { schedule.stage2Epochs = result.epochs }
            }
            return (schedule, epochs, after[0], after[1], after[2])
        }

        /// Runs a schedule as it is, without looking at validation.
        func refit(
            _ graph: PairGraph, _ schedule: Schedule, progress: (TrainingProgress) -> Void
        ) throws(TrainingError) -> Encoders {
            var encoders = try start(correlation(graph), schedule)
            let total = schedule.stage1Epochs + schedule.stage2Epochs
            for (stage, count, before) in [
                (TrainingStage.stage1, schedule.stage1Epochs, 0), (.stage2, schedule.stage2Epochs, schedule.stage1Epochs),
            ] {
                encoders = try run(stage, graph, encoders, epochs: count, baseline: nil) { _, epoch, loss in
                    progress(
                        TrainingProgress(stage: .refit, epoch: before + epoch, of: total, loss: loss, validation: nil))
                    return nil
                }.encoders
            }
            return encoders
        }

        private func correlation(_ graph: PairGraph) throws(TrainingError) -> CanonicalCorrelation {
            let whole = graph.whole
            guard
                let correlation = CanonicalCorrelation(
                    images: images.gathering(whole.images), texts: texts.gathering(whole.sheets), pairs: whole.pairs)
            else { throw .notFinite(stage: .start, epoch: 0) }
            return correlation
        }

        private func start(_ correlation: CanonicalCorrelation, _ schedule: Schedule) throws(TrainingError) -> Encoders {
            guard
                let maps = correlation.maps(
                    imageRidge: schedule.imageRidge, textRidge: schedule.textRidge, power: schedule.power,
                    dimension: settings.codeDimension)
            else { throw .notFinite(stage: .start, epoch: 0) }
            // The hidden layers start the same whatever ran before.
            var generator = SeededGenerator(seed: settings.seed &+ 1)
            return Encoders(
                image: Encoder(
                    linear: maps.image, bias: maps.imageBias, hiddenUnits: settings.hiddenUnits, generator: &generator),
                text: Encoder(
                    linear: maps.text, bias: maps.textBias, hiddenUnits: settings.hiddenUnits, generator: &generator))
        }

        private func run(
            _ stage: TrainingStage, _ graph: PairGraph, _ encoders: Encoders, epochs: Int, baseline: Double?,
            judge: (_ encoders: Encoders, _ epoch: Int, _ loss: Double) -> Double?
        ) throws(TrainingError) -> (encoders: Encoders, epochs: Int) {
            let runner = StageRunner(
                stage: stage, settings: settings, graph: graph, imageFeatures: images, textFeatures: texts)
            var generator = SeededGenerator(seed: settings.seed &+ (stage == .stage1 ? 2 : 3))
            let objective: StageRunner.Objective
            var extras: [Matrix] = []
            if stage == .stage1 {
                let whole = graph.whole
                let x = images.gathering(whole.images), y = texts.gathering(whole.sheets)
                extras = Decoder(code: encoders.image.forward(x).code, features: x).parameters
                    + Decoder(code: encoders.text.forward(y).code, features: y).parameters
                objective = Objectives.stage1(lambda: settings.lambda)
            } else {
                if categories.columns > 0, settings.categoryWeight > 0 {
                    extras = CategoryHead(codeDimension: settings.codeDimension, categories: categories.columns).parameters
                }
                objective = Objectives.stage2(
                    temperature: settings.temperature, categoryWeight: settings.categoryWeight, categories: categories)
            }
            return try runner.run(
                encoders, extras: extras, epochs: epochs, baseline: baseline, generator: &generator, objective: objective,
                judge: judge)
        }
    }
}
