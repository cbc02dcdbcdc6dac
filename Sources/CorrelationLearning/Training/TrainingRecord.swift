/// How a model came to be; kept beside it as JSON.
///
/// Validation also chose the ridge and the epochs, so its figures are slightly hopeful; a test set must be held back by the caller.
public struct TrainingRecord: Equatable, Codable, Sendable {
    /// One epoch of one stage of the run with validation.
    public struct Epoch: Equatable, Codable, Sendable {
        public var stage: TrainingStage
        public var epoch: Int
        public var loss: Double
        public var recallAt5: Double
        public var meanReciprocalRank: Double
    }

    /// How one part of the schedule was chosen: by cross-validation against what is used without it.
    public struct Choice: Equatable, Codable, Sendable {
        /// `components`, `closedForm`, a stage, `balance` or `shares` (how much categories and parts count) or `hubness`.
        public var part: String
        /// In words.
        public var chosen: String
        public var candidates: Int
        /// How many times pairs were held back and asked for.
        public var folds: Int
        /// What it gained over the prior, on questions that score 0 to 1 by the logarithm of the rank, and the standard error of that;
        /// `nil` where nothing was better.
        public var gain: Double?, standardError: Double?
    }

    public var settings: TrainingSettings
    public var sheets: Int
    public var images: Int
    public var pairs: Int
    public var pairedSheets: Int
    /// Pairs of the images that validation held back.
    public var validationPairs: Int
    /// Sheets that validation held back with all their images.
    public var validationSheets: Int
    /// SHA-256 of everything that training read: descriptors, sheets, pairs, categories, regions.
    public var dataDigest: String?
    /// Names of the sheets held back with all their images, and of all images held back.
    public var heldSheets: [String]?
    public var heldImages: [String]?
    /// The kernel set of the linear algebra library, which the last bits follow.
    public var blasCore: String?
    public var epochs: [Epoch]
    /// How each part was chosen; `nil` in records of earlier versions.
    public var choices: [Choice]?
    /// The ridges and the power of the correlations that validation chose for the closed-form start.
    public var imageRidge: Float
    public var textRidge: Float
    public var correlationPower: Float
    public var chosenStage1Epochs: Int
    public var chosenStage2Epochs: Int
    public var start: ValidationFigures
    public var afterStage1: ValidationFigures
    public var afterStage2: ValidationFigures
    /// With regions and fragments, where there were any.
    public var afterFine: ValidationFigures?
    public var chosenFineEpochs: Int?
    /// How much the alignment of parts counted best beside the wholes, 0 to 1.
    public var chosenFineShare: Float?
    /// With the categories, where any were known.
    public var afterCategories: ValidationFigures?
    /// How many different categories the sheets had; `nil` for none.
    public var categories: Int?
    /// How much the category counts in a code, 0 to 1.
    public var chosenBalance: Float?
    /// Whether the pair's cosine is sharpened in scores, beside which the balance then stands; `nil` for no.
    public var isSharpened: Bool?
    /// What a random order would reach.
    public var chance: ValidationFigures
    /// What new pairs changed, where the training went on from another model; `start` and later figures are of both kinds of pairs.
    public var increment: Increment?
}
