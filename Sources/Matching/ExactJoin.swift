import Documents
public import Indexing
import LinearAlgebra

/// The k candidates of every query with the highest scores (`Match.score`), with nothing left out.
///
/// Blocks of queries meet one shard at a time as a matrix product; only the best k of each query are kept. Equal scores
/// are ordered by candidate, so the answer does not depend on how candidates are cut into shards. The last bits of the
/// product do depend on that (and on the CPU), so what may be among the best is scored again, in one fixed order of sums.
public struct ExactJoin: Sendable {
    /// Queries per product: with a shard of 8,192 rows the scores fill 8 MiB.
    static let queryBlock = 256
    /// More than a product of unit rows and `Matrix.dot` differ by.
    static let slack: Float = 1e-4

    public let k: Int

    public init(k: Int) {
        precondition(k > 0, "a join keeps at least one candidate")
        self.k = k
    }

    /// Joins all queries with all shards; `each` gets the matches of one query at a time, best first, queries in order. Throws what `each`
    /// throws, and when a shard cannot be read.
    public func join(queries: [CodeSet], candidates: [Shard], each: ([Match]) throws -> Void) throws {
        for set in queries {
            for start in stride(from: 0, to: set.items.count, by: Self.queryBlock) {
                let block = set.rows(start..<min(start + Self.queryBlock, set.items.count))
                var best = [TopK](repeating: TopK(k: k), count: block.items.count)
                for shard in candidates {
                    let shard = try CodeSet(shard)
                    var scores = block.products(shard)
                    if shard.losses.contains(where: { $0 != 0 }) || block.losses.contains(where: { $0 != 0 }) {
                        scores.addToRows(shard.losses, scale: -1)
                        scores.addToColumns(block.losses, scale: -1)
                    }
                    for query in 0..<block.items.count {
                        best[query].insert(
                            scores.values[query * scores.columns..<(query + 1) * scores.columns], items: shard.items,
                            exactly: { block.score(query, shard, $0) })
                    }
                }
                for (query, best) in zip(block.items, best) {
                    try each(
                        best.sorted.enumerated().map { index, entry in
                            Match(query: query, candidate: entry.item, rank: index + 1, score: entry.score)
                        })
                }
            }
        }
    }
}

/// The best k of a stream of scores.
struct TopK {
    struct Entry {
        var score: Float
        var item: Item

        func precedes(_ other: Entry) -> Bool {
            score != other.score ? score > other.score : item < other.item
        }
    }

    let k: Int
    /// Best first.
    private(set) var sorted: [Entry] = []

    init(k: Int) {
        self.k = k
    }

    /// Takes scores of a product, good to `ExactJoin.slack`; `exactly` answers the score that counts.
    mutating func insert(_ scores: ArraySlice<Float>, items: [Item], exactly: (Int) -> Float) {
        var threshold = sorted.count == k ? sorted[k - 1].score : -.infinity
        for (index, score) in scores.enumerated() where score >= threshold - ExactJoin.slack || sorted.count < k {
            let entry = Entry(score: exactly(index), item: items[index])
            if sorted.count == k {
                guard entry.precedes(sorted[k - 1]) else { continue }
                sorted.removeLast()
            }
            let place = sorted.firstIndex { entry.precedes($0) } ?? sorted.count
            sorted.insert(entry, at: place)
            if sorted.count == k { threshold = sorted[k - 1].score }
        }
    }
}
