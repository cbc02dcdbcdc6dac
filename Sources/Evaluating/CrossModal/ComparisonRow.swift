/// What became of one method in a comparison: a row of the table.
public struct ComparisonRow: Codable, Equatable, Sendable {
    /// The method, such as `CCA`.
    public var name: String
    /// The settings that validation chose; empty when the method failed before.
    public var settings: String
    /// The numbers among these that lie at the edge of what was tried (`TunedNumber`): a better value may lie beyond.
    public var edges: [String] = []
    /// On the test rows, the mean over `seeds`; `nil` when the method failed.
    public var figures: CrossModalFigures?
    /// Standard deviation (divisor `n - 1`) of the mean MAP over `seeds`; `nil` for one seed or without labels.
    public var mapStd: Double?
    /// Median time of the final fits, in seconds of wall time.
    public var seconds: Double
    /// Time to choose the settings: all fits and scores on the validation part.
    public var choiceSeconds: Double
    /// The seeds of the final fits: one for a method that draws no random numbers.
    public var seeds: [UInt64]
    /// Why there are no figures.
    public var error: String?
}
