import CorrelationLearning
import Documents
import Queueing
import Storage

/// Gathers what is known and trains: what `shogo train` and a `learn` step share.
struct Training {
    let archive: OpenWorkspace
    let progress: Progress

    /// What is known by `files` and those named or given before, written down.
    func supervision(_ files: Supervision.Files = Supervision.Files()) throws -> Supervision {
        let supervision = try Supervision(archive: archive, files: files)
        try supervision.keep(archive: archive, files: files, remark: progress.say)
        return supervision
    }

    /// What a learn step depends on: the archive as it was read, its descriptors as they lie there, the settings, and the files of pairs and
    /// labels.
    func memo() throws -> StepMemo {
        try NumberLedger(archive: archive).refreshDescriptors()
        let (workspace, configuration) = (archive.workspace, archive.configuration)
        let files = try configuration.pairFiles + configuration.labelFiles + KeptFiles.pairs(workspace).paths(without: []) + KeptFiles.labels(workspace).paths(without: [])
        let settings = configuration.settings.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        return StepMemo(
            archive.catalog, "learn",
            for: [try archive.catalog.revision(of: .archive), try archive.catalog.revision(of: .described)] + Extractor.names.values.sorted() + settings + files.map { "\($0) \(WholeFile.stamp($0) ?? "missing")" })
    }

    /// Trains anew, or (`incrementally`) goes on from the model in use.
    func train(_ supervision: Supervision, incrementally: Bool = false) throws -> LearnStage.Outcome {
        progress.begin("learn", total: 0)
        var stage = TrainingStage.features
        let learn = LearnStage(archive: archive, supervision: supervision, remark: progress.say)
        func follow(_ step: TrainingProgress) {
            if step.stage != stage { progress.beginPhase() }
            stage = step.stage
            progress.update(done: step.epoch, total: step.of, note: step.stage.rawValue)
        }
        let outcome = try incrementally ? learn.extend(progress: follow) : learn.run(progress: follow)
        let kept = outcome.increment.map { !$0.isBetter } ?? false
        progress.end(kept ? "model \(outcome.model.prefix(12)) stays" : "model \(outcome.model.prefix(12)) from \(outcome.pairs) pairs")
        return outcome
    }
}
