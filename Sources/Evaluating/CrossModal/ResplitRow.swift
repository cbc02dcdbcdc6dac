/// What became of one method on all random splits.
public struct ResplitRow: Codable, Equatable, Sendable {
    /// The method, such as `CCA`.
    public var name: String
    /// `CrossModalFigures.choice` on each split's test rows: mean MAP, without labels the mean of the six recalls.
    public var values: [Double] = []
    /// The settings chosen on each split.
    public var settings: [String] = []
    /// On how many splits each number was chosen at the edge of what was tried (`TunedNumber`).
    public var edges: [String: Int] = [:]
    /// Choosing and learning, all splits together, in seconds of wall time.
    public var seconds = 0.0
    /// Why there are no figures.
    public var error: String?

    init(name: String) { self.name = name }

    mutating func add(_ row: ComparisonRow) {
        guard let figures = row.figures else {
            (values, settings, error) = ([], [], row.error ?? "no figures")
            return
        }
        values.append(figures.choice)
        settings.append(row.settings)
        for name in row.edges { edges[name, default: 0] += 1 }
        seconds += row.choiceSeconds + row.seconds
    }

    /// 0 without values.
    public var mean: Double { values.reduce(0, +) / Double(max(1, values.count)) }

    /// Standard deviation (divisor `n - 1`) over the splits; `nil` for one.
    public var deviation: Double? { values.sampleDeviation }
}

extension [Double] {
    /// Standard deviation (divisor `n - 1`); `nil` for fewer than two.
    var sampleDeviation: Double? {
        guard count > 1 else { return nil }
        let mean = reduce(0, +) / Double(count)
        return (reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)).squareRoot()
    }
}
