/// Why a training ended without a model.
public enum TrainingError: Error, Equatable, Sendable {
    /// Fewer different sheets with a pair than learning and validation need.
    case tooFewPairs(found: Int, needed: Int)
    /// Fewer different sheets with a new pair than going on from a model needs.
    case tooFewNewPairs(found: Int, needed: Int)
    /// A number became infinite or undefined; epoch 0 is the input itself or a closed form.
    case notFinite(stage: TrainingStage, epoch: Int)
}

extension TrainingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooFewPairs(let found, let needed):
            """
            \(found) sheets have a known image, and learning needs \(needed): with fewer, nothing can be held back to check it. \
            Add known pairs (a CSV of pairs, figure references, or equal file names) and train again.
            """
        case .tooFewNewPairs(let found, let needed):
            """
            \(found) sheets have an image that is new since the last training, and going on from its model needs \(needed). \
            Wait for more pairs, or train anew from all of them.
            """
        case .notFinite(let stage, 0):
            """
            A number was not finite before the first epoch of '\(stage.rawValue)': a descriptor holds an infinite or undefined value. \
            Describe the archive again, and train again.
            """
        case .notFinite(let stage, let epoch):
            """
            A number was not finite in epoch \(epoch) of '\(stage.rawValue)': the steps were too large for this data. \
            Train again with a smaller learning rate.
            """
        }
    }
}
