import CorrelationLearning
import Documents
import Queueing
import Storage
import SystemPackage

/// Finds pairs and trains: what `shogo train` and a `learn` step share.
struct Training {
    let archive: OpenWorkspace
    let progress: Progress

    /// All pairs: found, of `files`, and of files given before; recorded in the catalog, so that reports can say what was known.
    ///
    /// Of a file that `shogo.yaml` does not name a copy is kept for later trainings.
    func knownPairs(files: [FilePath]) throws -> KnownPairs {
        let kept = KeptPairFiles(archive.workspace)
        let pairs = try KnownPairs(archive: archive, files: files, kept: kept.paths(without: files))
        for file in files where !archive.configuration.pairFiles.contains(file) {
            progress.say("later trainings know the pairs of \(file) too, from the copy \(try kept.keep(file)); delete it to forget them")
        }
        try archive.catalog.setPairs(pairs.training)
        return pairs
    }

    func train(_ pairs: KnownPairs) throws -> LearnStage.Outcome {
        progress.begin("learn", total: 0)
        var stage = TrainingStage.features
        let outcome = try LearnStage(archive: archive).run(pairs.training, remark: progress.say) { step in
            if step.stage != stage { progress.beginPhase() }
            stage = step.stage
            progress.update(done: step.epoch, total: step.of, note: step.stage.rawValue)
        }
        progress.end("model \(outcome.model.prefix(12)) from \(outcome.pairs) pairs")
        return outcome
    }
}
