/// How well images find their sheets among all sheets of the archive, on pairs held back from learning.
public struct ValidationFigures: Equatable, Codable, Sendable {
    /// Images that were asked.
    public var queries: Int
    /// The share whose sheet was among the first five.
    public var recallAt5: Double
    /// The mean of one over the rank of the first right sheet.
    public var meanReciprocalRank: Double
    /// `recallAt5` over new images of sheets that had other images in training; `nil` without such images.
    public var knownSheetRecallAt5: Double?
    /// `recallAt5` over images of sheets that had no pair in training; `nil` without such images.
    public var unseenSheetRecallAt5: Double?
    /// Mean average precision of held-back images among held-back sheets by category; `nil` without categories.
    public var categoryPrecision: Double?

    /// What choices are made by: the mean of R@5 and MRR.
    public var figure: Double { (recallAt5 + meanReciprocalRank) / 2 }
}
