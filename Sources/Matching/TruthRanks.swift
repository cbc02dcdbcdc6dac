public import Documents
public import Indexing
import LinearAlgebra

/// Where each query's true candidates stand in its full ranking.
public struct TruthRanks: Sendable {
    /// One rank per query that has a truth among the candidates: that of its best true candidate, from 1.
    public private(set) var ranks: [Int] = []
    /// How many candidates each query was ranked against.
    public private(set) var candidates = 0

    /// Ranks the queries named in `truths` against every candidate; ties are ordered as `ExactJoin` orders them.
    ///
    /// Candidates count once per content: a sheet, or an image file by its best page. Cost: one product per query and shard.
    public init(queries: [CodeSet], candidates shards: [Shard], truths: [Item: Set<ContentDigest>]) {
        let sets = shards.map { CodeSet($0) }
        candidates = Set(sets.flatMap { $0.items.map(\.digest) }).count
        for set in queries {
            for (row, query) in set.items.enumerated() {
                guard let truth = truths[query] else { continue }
                var best: [ContentDigest: Float] = [:]
                for candidates in sets {
                    let scores = Matrix.product(set.rows(row..<row + 1).codes, .asIs, candidates.codes, .transposed)
                    for (item, score) in zip(candidates.items, scores.values) where score > best[item.digest] ?? -.infinity {
                        best[item.digest] = score
                    }
                }
                let reached = truth.compactMap { digest in best[digest].map { (digest, $0) } }
                guard let top = reached.max(by: { $0.1 != $1.1 ? $0.1 < $1.1 : $0.0 > $1.0 }) else { continue }
                let before = best.count { digest, score in score != top.1 ? score > top.1 : digest < top.0 }
                ranks.append(before + 1)
            }
        }
    }
}
