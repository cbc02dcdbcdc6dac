import LinearAlgebra

/// Goes on from learned encoders with new pairs, and replays old ones beside them so that these are not forgotten.
///
/// What comes in: encoders that saw neither the pairs held back now nor those held back before. What goes out: the encoders and
/// the schedule that serve both best. It promises: no epoch, and so no change, is always a candidate and wins ties.
///
/// Each epoch of stage 2 (and of the fine stage, where there are parts) sees every new image and as many old ones, drawn anew
/// (experience replay: Robins, Connection Science 7(2), 1995); Adam's pull back to where the stage began keeps the rest in place.
struct ReplaySearch {
    let search: Schedule.Search
    /// Asks all held-back pairs.
    let validator: Validator
    /// What pairs held back by earlier trainings ask, and those of the new pairs.
    let earlier: Questions, fresh: Questions
    /// Images of new pairs; `nil`: all images count as new.
    let freshImages: Set<Int>?

    /// The mean of what earlier and new questions score, each kind counting as much; or of the kind that there is.
    func figure(_ encoders: CommonEncoders, fineShare: Float) -> Double {
        let means = [earlier, fresh].map { $0.scores(encoders, fineShare: fineShare) }.filter { !$0.isEmpty }.map { $0.reduce(0, +) / Double($0.count) }
        return means.reduce(0, +) / Double(max(1, means.count))
    }

    /// The epochs that serve best after `start`, with all of `pairs`; their encoders; the course of the figures.
    func choose(
        _ start: CommonEncoders, _ pairs: [TrainingPair], progress: (TrainingProgress) -> Void
    ) throws(TrainingError) -> (encoders: CommonEncoders, schedule: Schedule, epochs: [TrainingRecord.Epoch]) {
        var schedule = Schedule(), record: [TrainingRecord.Epoch] = []
        var encoders = start.withoutCategories
        for stage in stages {
            let fineShare = stage == .fine ? Schedule.Search.fineShare : 0
            let most = search.epochs(of: stage)
            let result = try search.run(
                stage, PairGraph(pairs), encoders, epochs: most, baseline: figure(encoders, fineShare: fineShare), fresh: freshImages,
                name: "choose.\(stage)"
            ) { encoders, epoch, loss in
                let figures = validator.figures(encoders, fineShare: fineShare), both = figure(encoders, fineShare: fineShare)
                progress(TrainingProgress(stage: stage, epoch: epoch, of: most, loss: loss, validation: both))
                return (both, .init(
                    stage: stage, epoch: epoch, loss: loss, recallAt5: figures.recallAt5, meanReciprocalRank: figures.meanReciprocalRank))
            }
            encoders = result.encoders
            record += result.course.epochs
            schedule[stage] = result.course.bestEpoch
        }
        if search.problem.classes > 1 { encoders.categories = try search.categories(pairs) }
        if start.isSharpened {
            // How codes are compared was chosen with all pairs; new ones change what they say.
            (encoders.balance, encoders.isSharpened, schedule.balance, schedule.isSharpened) = (start.balance, true, start.balance, true)
        } else {
            search.chooseShares(&encoders, &schedule) { figure($0, fineShare: $1) }
        }
        return (encoders, schedule, record)
    }

    /// Runs a chosen schedule after `start`, with all of `pairs`.
    func refit(
        _ start: CommonEncoders, _ pairs: [TrainingPair], _ schedule: Schedule, progress: (TrainingProgress) -> Void
    ) throws(TrainingError) -> CommonEncoders {
        var encoders = start.withoutCategories, before = 0
        for stage in stages {
            encoders = try search.run(
                stage, PairGraph(pairs), encoders, epochs: schedule[stage], baseline: nil, fresh: freshImages, name: "refit.\(stage)"
            ) { _, epoch, loss in
                progress(TrainingProgress(
                    stage: .refit, epoch: before + epoch, of: schedule.stage2Epochs + schedule.fineEpochs, loss: loss, validation: nil))
                return nil
            }.encoders
            before += schedule[stage]
        }
        if search.problem.classes > 1 {
            encoders.categories = try search.categories(pairs)
            (encoders.balance, encoders.isSharpened) = (schedule.balance, schedule.isSharpened)
        }
        return encoders
    }

    private var stages: [TrainingStage] {
        search.isCategoryAlone ? [] : search.problem.parts == nil ? [.stage2] : [.stage2, .fine]
    }
}

extension CommonEncoders {
    /// The pair code alone.
    fileprivate var withoutCategories: CommonEncoders { CommonEncoders(image: image, text: text) }
}
