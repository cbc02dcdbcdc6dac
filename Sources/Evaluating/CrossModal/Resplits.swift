public import CorrelationLearning
import LinearAlgebra

/// The contest of `Comparison` on random splits of all rows: how much of a difference is the luck of one split.
///
/// Each split has as many training rows as the first, drawn by its number and no label; every method is chosen and learned anew on
/// each, with that number as its only seed. The deviation over splits is sampling noise, which the deviation over seeds of one
/// split does not have.
public struct Resplits: Sendable {
    public var set: PairedFeatures
    /// Rows of each split that teach; the others test.
    public var trainingCount: Int
    /// How many splits there are.
    public var count: Int
    /// As in `Comparison`.
    public var validationShare = 0.2, shuffledShare = 0.0

    public init(of set: PairedFeatures, trainingCount: Int, count: Int) {
        precondition((1..<max(2, set.count)).contains(trainingCount), "\(trainingCount) of \(set.count) rows leave none to test")
        (self.set, self.trainingCount, self.count) = (set, trainingCount, count)
    }

    /// The contest on the split of a number, from 1.
    func comparison(_ number: Int) -> Comparison {
        let seed = UInt64(number)
        // Apart from the numbers that draw the validation part from the same seed.
        var generator = SeededGenerator(seed: SeededGenerator.mixed(seed &+ 0x5EED))
        let order = generator.permutation(set.count)
        var comparison = Comparison(
            training: set.gathering(order.prefix(trainingCount).sorted()), test: set.gathering(order.dropFirst(trainingCount).sorted()), seeds: [seed])
        (comparison.validationShare, comparison.shuffledShare) = (validationShare, shuffledShare)
        return comparison
    }

    /// A row for each method, in their order; `report` gets each as it is done. A method that fails on a split has its error instead.
    public func rows(_ methods: [any CrossModalMethod.Type], report: (ResplitRow) -> Void = { _ in }) -> [ResplitRow] {
        let comparisons = (1...max(1, count)).map(comparison)
        return methods.map { method in
            var row = ResplitRow(name: method.name)
            for comparison in comparisons where row.error == nil { row.add(comparison.rows([method])[0]) }
            report(row)
            return row
        }
    }

    /// How much more often `name` is right than the best of the others by their mean; `nil` without both, or with fewer than two splits.
    public func gain(of name: String, in rows: [ResplitRow]) -> ResplitGain? {
        let whole = rows.filter { $0.error == nil && $0.values.count > 1 }
        guard let own = whole.first(where: { $0.name == name }),
            let rival = whole.filter({ $0.name != name }).max(by: { $0.mean < $1.mean })
        else { return nil }
        return ResplitGain(own, over: rival, testToTraining: Double(set.count - trainingCount) / Double(trainingCount))
    }
}
