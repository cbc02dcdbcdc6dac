/// How often, and how early, the right candidate is found; and what chance would find.
public struct RetrievalFigures: Codable, Equatable, Sendable {
    /// Queries that have a right candidate.
    public var queries: Int
    /// Candidates each query is ranked against.
    public var candidates: Int
    /// Share of queries whose right candidate is among the first 1, 5 and 10.
    public var recallAt1: Double, recallAt5: Double, recallAt10: Double
    /// Median rank of the right candidate; the lower middle for an even count.
    public var medianRank: Int
    /// Mean of 1 / rank.
    public var meanReciprocalRank: Double
    /// Share that random order would find among the first 5, one right candidate per query.
    public var chanceAt5: Double

    /// Takes the rank (from 1) of each query's best right candidate.
    public init(ranks: [Int], candidates: Int) {
        func recall(_ k: Int) -> Double {
            ranks.isEmpty ? 0 : Double(ranks.count { $0 <= k }) / Double(ranks.count)
        }
        queries = ranks.count
        self.candidates = candidates
        recallAt1 = recall(1)
        recallAt5 = recall(5)
        recallAt10 = recall(10)
        medianRank = ranks.isEmpty ? 0 : ranks.sorted()[(ranks.count - 1) / 2]
        meanReciprocalRank = ranks.isEmpty ? 0 : ranks.reduce(0) { $0 + 1 / Double($1) } / Double(ranks.count)
        chanceAt5 = candidates == 0 ? 0 : min(1, 5 / Double(candidates))
    }
}
