/// The parts of a training, in order.
public enum TrainingStage: String, Codable, Sendable {
    /// Vocabulary, components and scales, without pairs.
    case features
    /// The closed-form start: regularised canonical correlation.
    case start
    /// Stage 1: reconstruction and correlation jointly.
    case stage1
    /// Stage 2: category and pairwise similarity constraints jointly.
    case stage2
    /// Regions and fragments beside wholes, where there are any.
    case fine
    /// Categories, where any are known, and how much they count.
    case categories
    /// The chosen schedule again, on all pairs.
    case refit
}
