/// What new pairs (or the first categories or regions) changed: figures before and after, by the model as validation judged it.
public struct Increment: Equatable, Codable, Sendable {
    /// The digest of the model that it went on from.
    public var parent: String
    /// New pairs, and older ones to replay.
    public var freshPairs: Int, earlierPairs: Int
    /// On pairs that earlier trainings held back.
    public var earlierBefore: ValidationFigures, earlierAfter: ValidationFigures
    /// On new pairs held back now.
    public var freshBefore: ValidationFigures, freshAfter: ValidationFigures
    /// What was chosen by, before and after: the mean of both.
    public var figureBefore: Double, figureAfter: Double

    /// Whether the new pairs made it better.
    public var isBetter: Bool { figureAfter > figureBefore }
}
