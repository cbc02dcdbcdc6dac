public import CorrelationLearning
import Storage
public import SystemPackage

/// `shogo train`: trains on everything that is described, whatever model there is.
public struct TrainingRun {
    public struct Report: Encodable, Sendable {
        public var model: String
        public var pairs: Int
        public var heldOut: Int
        public var remarks: [String]
        /// The picture of losses and validation figures.
        public var plot: String
        public var training: TrainingRecord
    }

    /// Trains under the workspace lock; `pairFiles` come beside those of the configuration.
    public static func run(_ workspace: Workspace, pairFiles: [FilePath], progress: Progress) throws -> Report {
        let lock = try WorkspaceLock(workspace)
        defer { withExtendedLifetime(lock) {} }
        let archive = try OpenWorkspace(workspace)
        let training = Training(archive: archive, progress: progress)
        let pairs = try training.knownPairs(files: archive.configuration.pairFiles + pairFiles.map(Workspace.absolute))
        for remark in pairs.remarks { progress.say(remark) }
        do {
            let outcome = try training.train(pairs)
            return Report(
                model: outcome.model, pairs: outcome.pairs, heldOut: pairs.heldOut.count, remarks: pairs.remarks,
                plot: ModelFolder(workspace: workspace).plotFile(outcome.model).string, training: outcome.record)
        } catch let error as TrainingError {
            throw ShogoError(.failed, "\(error)")
        }
    }

    /// Says how many pairs training would have, and trains nothing.
    public static func dryRun(_ workspace: Workspace, pairFiles: [FilePath]) throws -> (pairs: Int, heldOut: Int, remarks: [String]) {
        let archive = try OpenWorkspace(workspace)
        let files = archive.configuration.pairFiles + pairFiles.map(Workspace.absolute)
        let pairs = try KnownPairs(archive: archive, files: files, kept: KeptPairFiles(workspace).paths(without: files))
        return (pairs.training.count, pairs.heldOut.count, pairs.remarks)
    }
}
