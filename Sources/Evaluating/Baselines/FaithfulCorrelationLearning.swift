public import CorrelationLearning
import LinearAlgebra

/// CCL as published (Peng, Qi, Huang, Yuan, IEEE TMM 2018), on the `fast` profile: `FaithfulTrainer`, codes compared by cosine. Without
/// labels every pair is its own class and the label parts are left out.
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

    package var schedule = FaithfulSettings.fast

    package init() {}

    public func tuned(for set: PairedFeatures) -> [TunedNumber] { [TunedNumber("steps", schedule.common.steps)] }

    public var settings: String { "fast, steps=\(schedule.common.steps), z-norm \(schedule.normalisation.rawValue)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer {
        try Self.fit([self], set, seed: seed)[0]
    }

    /// Candidates differ in the steps of the common representation and in how codes are compared: one training serves all.
    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        var schedule = candidates[0].schedule
        schedule.seed = seed
        let steps = Set(candidates.map(\.schedule.common.steps)).sorted()
        guard let models = FaithfulTrainer(schedule).learn(set, commonSteps: steps) else { throw CrossModalMethodError.notFinite(method: name) }
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
