/// How much better one method is than another on the same random splits.
public struct ResplitGain: Codable, Equatable, Sendable {
    public var name: String, rival: String
    /// The mean of the differences, split by split, and how many of them are above 0.
    public var mean: Double
    public var wins: Int, splits: Int
    /// Standard deviation of the differences divided by the root of their number: too small, since splits share most of their rows.
    public var plainError: Double
    /// The standard error that allows for shared rows, `sd sqrt(1 / n + test / training)` (Nadeau, Bengio, Machine Learning 52, 2003).
    public var correctedError: Double

    /// Both have as many values, two at least; `testToTraining` is the rows that test divided by those that teach.
    init(_ own: ResplitRow, over rival: ResplitRow, testToTraining: Double) {
        let differences = zip(own.values, rival.values).map { $0 - $1 }
        let (count, deviation) = (Double(differences.count), differences.sampleDeviation ?? 0)
        (name, self.rival) = (own.name, rival.name)
        mean = differences.reduce(0, +) / count
        (wins, splits) = (differences.count { $0 > 0 }, differences.count)
        plainError = deviation / count.squareRoot()
        correctedError = deviation * (1 / count + testToTraining).squareRoot()
    }
}
