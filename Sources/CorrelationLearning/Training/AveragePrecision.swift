/// The average precision of ranked lists: how early what is right comes.
///
/// `sum over hits of (hits so far / rank) / hits in the list`. Equal scores are ordered by index, what is no number comes last. About 20
/// operations per score, whatever the values; memory is kept from list to list.
package struct AveragePrecision {
    /// Of one list that has a hit.
    package struct Figures: Equatable {
        /// Over the whole list.
        package var all: Double
        /// Over the first 50, divided by the hits among these; 0 where there is none.
        package var first50: Double

        /// Of a list without a hit, where that counts.
        package static let none = Figures(all: 0, first50: 0)
    }

    private var order = DescendingOrder()

    package init() {}

    /// Of the list that `scores`, larger is better, make of the candidates `0..<scores.count`; `nil` when none of these is right.
    package mutating func figures(_ scores: ArraySlice<Float>, isRight: (Int) -> Bool) -> Figures? {
        var (rank, hits, sum) = (0, 0, 0.0)
        var early = (hits: 0, sum: 0.0)
        order.forEach(scores) { candidate in
            rank += 1
            if isRight(candidate) {
                hits += 1
                sum += Double(hits) / Double(rank)
            }
            if rank <= 50 { early = (hits, sum) }
        }
        guard hits > 0 else { return nil }
        return Figures(all: sum / Double(hits), first50: early.hits > 0 ? early.sum / Double(early.hits) : 0)
    }
}
