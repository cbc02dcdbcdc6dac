public import Documents
public import Indexing
import LinearAlgebra

/// Where each query's true candidates stand in its full ranking.
public struct TruthRanks: Sendable {
    /// One rank per query that has a truth among the candidates: that of its best true candidate, from 1.
    public private(set) var ranks: [Int] = []
    /// How many candidates each query was ranked against.
    public private(set) var candidates = 0

    /// Ranks the contents whose items `truths` names against every candidate; ties are ordered as `ExactJoin` orders them.
    ///
    /// Both sides count once per content: a sheet, or an image file by its best page of those named. `queries` must have the
    /// items of one content side by side, as shards have. `excluding` takes candidates out of a query's ranking: those that are
    /// known to be right and so cannot be wrong. Cost: one dot product per named item and candidate. Throws when a shard cannot be
    /// read.
    public init(
        queries: [CodeSet], candidates shards: [Shard], truths: [Item: Set<ContentDigest>],
        excluding excluded: [ContentDigest: Set<ContentDigest>] = [:]
    ) throws {
        let sets = try shards.map { try CodeSet($0) }
        candidates = Set(sets.flatMap { $0.items.map(\.digest) }).count
        for set in queries {
            var start = 0
            while start < set.items.count {
                let content = set.items[start].digest
                let end = set.items[start...].firstIndex { $0.digest != content } ?? set.items.count
                let named = (start..<end).filter { truths[set.items[$0]] != nil }
                let truth = named.reduce(into: Set<ContentDigest>()) { $0.formUnion(truths[set.items[$1]] ?? []) }
                var scores = Self.best(named, of: set, sets)
                for candidate in excluded[content] ?? [] { scores[candidate] = nil }
                if let rank = Self.rank(of: truth, scores) { ranks.append(rank) }
                start = end
            }
        }
    }

    /// The best score of each candidate content with any of the rows.
    private static func best(_ rows: [Int], of queries: CodeSet, _ candidates: [CodeSet]) -> [ContentDigest: Float] {
        var best: [ContentDigest: Float] = [:]
        for row in rows {
            for set in candidates {
                for (index, item) in set.items.enumerated() {
                    let score = queries.score(row, set, index)
                    if score > best[item.digest] ?? -.infinity { best[item.digest] = score }
                }
            }
        }
        return best
    }

    private static func rank(of truth: Set<ContentDigest>, _ best: [ContentDigest: Float]) -> Int? {
        let reached = truth.compactMap { digest in best[digest].map { (digest, $0) } }
        guard let top = reached.max(by: { $0.1 != $1.1 ? $0.1 < $1.1 : $0.0 > $1.0 }) else { return nil }
        return best.count { digest, score in score != top.1 ? score > top.1 : digest < top.0 } + 1
    }
}
