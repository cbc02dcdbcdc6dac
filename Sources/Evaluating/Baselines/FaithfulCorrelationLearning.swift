public import CorrelationLearning
import LinearAlgebra
public import SystemPackage

/// CCL as published (Peng, Qi, Huang, Yuan, IEEE TMM 2018): `FaithfulTrainer`, codes compared by cosine. Without labels every pair is
/// its own class and the label parts are left out.
public struct FaithfulCorrelationLearning: CrossModalMethod {
    public static let name = "CCL"
    public static let needsLabels = false
    public static let isRandom = true

    public static func candidates(for set: PairedFeatures) -> [FaithfulCorrelationLearning] {
        [2_000, 250, 500, 1_000, 1_500, 3_000, 4_000].flatMap { steps in
            [FaithfulSettings.Normalisation.training, .none].map {
                var method = FaithfulCorrelationLearning()
                (method.schedule.normalisation, method.schedule.common.steps) = ($0, steps)
                return method
            }
        }
    }

    /// How long it learns, and from how many units.
    public enum Profile: String, CaseIterable, Sendable {
        /// About ten seconds for two thousand pairs: what validation chooses from.
        case fast
        /// As its authors released it: hours, and nothing to choose.
        case paper
    }

    public let profile: Profile
    package var schedule: FaithfulSettings
    private let parts: FinishedParts?

    /// With `checkpoint`, a folder that exists, a training goes on after the last part that an earlier one kept there; `remark` hears
    /// of every part.
    public init(_ profile: Profile = .fast, checkpoint: FilePath? = nil, remark: @escaping @Sendable (String) -> Void = { _ in }) {
        self.profile = profile
        schedule = profile == .paper ? .paper : .fast
        parts = checkpoint.map { FinishedParts(folder: $0, remark: remark) }
    }

    public func tuned(for set: PairedFeatures) -> [TunedNumber] { [TunedNumber("steps", schedule.common.steps)] }

    public var settings: String { "\(profile.rawValue), steps=\(schedule.common.steps), z-norm \(schedule.normalisation.rawValue)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer {
        try Self.fit([self], set, seed: seed)[0]
    }

    /// Candidates differ in the steps of the common representation and in how codes are compared: one training serves all.
    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        var schedule = candidates[0].schedule
        schedule.seed = seed
        let steps = Set(candidates.map(\.schedule.common.steps)).sorted()
        guard let models = FaithfulTrainer(schedule, parts: candidates[0].parts).learn(set, commonSteps: steps) else { throw CrossModalMethodError.notFinite(method: name) }
        return candidates.map { candidate in
            let place = steps.firstIndex(of: candidate.schedule.common.steps) ?? 0
            return Space(model: models[place].normalised(candidate.schedule.normalisation))
        }
    }

    private struct Space: CommonSpace {
        let model: FaithfulModel

        func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) { model.codes(set) }
    }
}
