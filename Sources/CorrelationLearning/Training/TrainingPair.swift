/// A sheet and an image known to belong together.
public struct TrainingPair: Equatable, Sendable {
    /// An index into the sheets of the training set.
    public var sheet: Int
    /// A row of the image descriptors of the training set.
    public var image: Int
    /// How much this pair counts; zero or less is ignored.
    public var weight: Float

    public init(sheet: Int, image: Int, weight: Float = 1) {
        self.sheet = sheet
        self.image = image
        self.weight = weight
    }
}
