public import Documents

/// A candidate for a query, and how well it fits.
public struct Match: Equatable, Sendable {
    public var query: Item
    public var candidate: Item
    /// From 1.
    public var rank: Int
    /// Cosine of the two codes, -1 to 1; with hubness correction less half the mean neighbour similarity of either, -2 to 2.
    public var score: Float
}
