public import CorrelationLearning
import Foundation
import Storage
import SystemPackage

/// `shogo train`: trains on everything that is described, anew or from the model in use.
public struct TrainingRun {
    public struct Report: Encodable, Sendable {
        /// The digest of the model now in use.
        public var model: String
        public var pairs: Int
        public var heldOut: Int
        /// Sheets with a known category.
        public var labels: Int
        public var remarks: [String]
        /// The picture of losses and validation figures.
        public var plot: String
        public var training: TrainingRecord
        /// What new pairs changed, after an incremental training; the old model stays in use when they made nothing better.
        public var increment: Increment?

        /// The same for people, in a few lines.
        public var summary: String {
            var lines = increment.map { ["\($0.freshPairs) new pairs, \($0.earlierPairs) older ones"] + $0.changes } ?? []
            if let increment, !increment.isBetter {
                return (lines + ["model \(model) stays: the mean of both would be no better"]).joined(separator: "\n")
            }
            lines.append("model \(model)")
            lines.append("trained on \(pairs) pairs\(labels > 0 ? " and \(labels) labelled sheets" : ""); \(heldOut) held out")
            lines.append("losses and validation: \(plot)")
            return lines.joined(separator: "\n")
        }
    }

    /// What training would know.
    public struct Preview: Encodable, Sendable {
        public var pairs: Int, heldOut: Int, labels: Int
        public var remarks: [String]
    }

    /// Trains under the workspace lock; `files` come beside those of the configuration.
    public static func run(_ workspace: Workspace, files: Supervision.Files, incrementally: Bool = false, progress: Progress) throws -> Report {
        let lock = try WorkspaceLock(workspace)
        defer { withExtendedLifetime(lock) {} }
        let archive = try OpenWorkspace(workspace)
        let training = Training(archive: archive, progress: progress)
        let known = try training.supervision(files)
        for remark in known.remarks { progress.say(remark) }
        do {
            let outcome = try training.train(known, incrementally: incrementally)
            return Report(
                model: outcome.model, pairs: outcome.pairs, heldOut: known.pairs.heldOut.count, labels: known.labels.categories.count,
                remarks: known.remarks, plot: ModelFolder(workspace: workspace).plotFile(outcome.model).string, training: outcome.record,
                increment: outcome.increment)
        } catch let error as TrainingError {
            throw ShogoError(.failed, "\(error)")
        }
    }

    /// Says what training would know, and trains nothing.
    public static func dryRun(_ workspace: Workspace, files: Supervision.Files) throws -> Preview {
        let known = try Supervision(archive: OpenWorkspace(workspace), files: files)
        return Preview(
            pairs: known.pairs.training.count, heldOut: known.pairs.heldOut.count, labels: known.labels.categories.count, remarks: known.remarks)
    }
}

extension Increment {
    /// Validation before and after, of pairs that earlier trainings held back and of new ones, a line each.
    fileprivate var changes: [String] {
        func line(_ name: String, _ before: ValidationFigures, _ after: ValidationFigures) -> String {
            guard before.queries > 0 else { return "\(name): none held back" }
            func change(_ figure: (ValidationFigures) -> Double) -> String { String(format: "%.3f -> %.3f", figure(before), figure(after)) }
            return "\(name), \(before.queries) held back: R@5 \(change(\.recallAt5)), MRR \(change(\.meanReciprocalRank))"
        }
        return [line("old pairs", earlierBefore, earlierAfter), line("new pairs", freshBefore, freshAfter)]
    }
}
