public import CorrelationLearning
import LinearAlgebra

/// CCL as published (Peng, Qi, Huang, Yuan, IEEE TMM 2018), on the `fast` profile: `FaithfulTrainer`, codes compared by cosine. Without
/// labels every pair is its own class and the label parts are left out.
public struct FaithfulCorrelationLearning: CrossModalMethod {
    public static let name = "CCL"
    public static let needsLabels = false
    public static let isRandom = true

    public static func candidates(for set: PairedFeatures) -> [FaithfulCorrelationLearning] {
        [FaithfulSettings.Normalisation.training, .none].map {
            var method = FaithfulCorrelationLearning()
            method.schedule.normalisation = $0
            return method
        }
    }

    package var schedule = FaithfulSettings.fast

    package init() {}

    public var settings: String { "fast, z-norm \(schedule.normalisation.rawValue)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer {
        try Self.fit([self], set, seed: seed)[0]
    }

    /// Candidates differ in how codes are compared: one training serves all.
    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        var schedule = candidates[0].schedule
        schedule.seed = seed
        guard let model = FaithfulTrainer(schedule).learn(set) else { throw CrossModalMethodError.notFinite(method: name) }
        return candidates.map { Space(model: model.normalised($0.schedule.normalisation)) }
    }

    private struct Space: CommonSpace {
        let model: FaithfulModel

        func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) { model.codes(set) }
    }
}
