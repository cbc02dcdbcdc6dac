import CorrelationLearning
import Documents
import Queueing
import Storage
import SystemPackage

/// Finds pairs and trains: what `shogo train` and a `learn` step share.
struct Training {
    let archive: OpenWorkspace
    let progress: Progress

    /// All pairs, found and given; recorded in the catalog, so that reports can say what was known.
    ///
    /// Without files the given pairs of the last training stay.
    func knownPairs(files: [FilePath]) throws -> KnownPairs {
        var pairs = try KnownPairs(archive: archive, files: files)
        if files.isEmpty {
            let given = try archive.catalog.pairs().filter { $0.source == .csv }
            let known = Set(given.map { KnownPairs.PairedContents($0) })
            pairs.training = given + pairs.training.filter { !known.contains(KnownPairs.PairedContents($0)) }
        }
        try archive.catalog.setPairs(pairs.training)
        return pairs
    }

    func train(_ pairs: KnownPairs) throws -> LearnStage.Outcome {
        progress.begin("learn", total: 0)
        let outcome = try LearnStage(archive: archive).run(pairs.training) { step in
            progress.update(done: step.epoch, total: step.of, note: step.stage.rawValue)
        }
        progress.end("model \(outcome.model.prefix(12)) from \(outcome.pairs) pairs")
        return outcome
    }
}
