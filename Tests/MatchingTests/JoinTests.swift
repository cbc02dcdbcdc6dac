import Documents
import LinearAlgebra
import Storage
import SystemPackage
import TestSupport
import Testing

@testable import Indexing
@testable import Matching

@Suite("Joining")
struct JoinTests {
    /// Codes of small integers, so that products are exact and ties many.
    static func set(_ count: Int, dimension: Int, _ random: inout SplitMix64) -> CodeSet {
        var items: [Item] = []
        while items.count < count {
            let digest = random.digest()
            for page in 1...Int.random(in: 1...3, using: &random) where items.count < count { items.append(Item(digest: digest, page: page)) }
        }
        items.sort()
        let values = (0..<count * dimension).map { _ in Float(Int.random(in: -2...2, using: &random)) }
        return CodeSet(items: items, codes: Matrix(rows: count, columns: dimension, values: values))
    }

    /// Cuts a set in shards of random lengths, written and mapped as a snapshot's are.
    static func shards(_ set: CodeSet, _ directory: TemporaryDirectory, _ random: inout SplitMix64) throws -> [Shard] {
        var start = 0, shards: [Shard] = []
        while start < set.items.count {
            let end = min(set.items.count, start + Int.random(in: 1...40, using: &random))
            let part = set.rows(start..<end)
            let shard = Shard(
                modality: .sheet, model: "m", items: part.items, codes: part.codes.values.map { Float16($0) }, dimension: part.codes.columns)
            directory.write(shard.encoded(), RawPath("\(start)"))
            shards.append(try Shard(contentsOf: directory["\(start)"]))
            start = end
        }
        return shards
    }

    static func dot(_ a: CodeSet, _ row: Int, _ b: CodeSet, _ other: Int) -> Float {
        zip(a.codes.row(row), b.codes.row(other)).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// Every candidate of a query, best first, by sorting all of them.
    static func ranking(_ queries: CodeSet, _ row: Int, _ candidates: CodeSet) -> [(item: Item, score: Float)] {
        candidates.items.indices.map { (candidates.items[$0], dot(queries, row, candidates, $0)) }
            .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
    }

    @Test("The join is the sort of all candidates cut at k, with ties, however candidates are cut in shards", arguments: 0..<30)
    func bruteForce(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let directory = TemporaryDirectory()
        let dimension = Int.random(in: 1...6, using: &random)
        let queries = (0..<2).map { _ in Self.set(Int.random(in: 0...20, using: &random), dimension: dimension, &random) }
        let candidates = Self.set(Int.random(in: 1...150, using: &random), dimension: dimension, &random)
        let k = [1, 5, 20, 500].randomElement(using: &random)!
        var expected: [[Match]] = []
        for set in queries {
            for row in set.items.indices {
                expected.append(Self.ranking(set, row, candidates).prefix(k).enumerated().map {
                    Match(query: set.items[row], candidate: $1.item, rank: $0 + 1, score: $1.score)
                })
            }
        }
        for _ in 0..<2 {
            var found: [[Match]] = []
            try ExactJoin(k: k).join(queries: queries, candidates: Self.shards(candidates, directory, &random).shuffled(using: &random)) { found.append($0) }
            #expect(found == expected)
        }
    }

    @Test("More queries than a block are answered in order")
    func blocks() throws {
        var random = SplitMix64(seed: 1)
        let directory = TemporaryDirectory()
        let queries = Self.set(ExactJoin.queryBlock + 3, dimension: 3, &random), candidates = Self.set(10, dimension: 3, &random)
        var found: [Item] = []
        try ExactJoin(k: 1).join(queries: [queries], candidates: Self.shards(candidates, directory, &random)) { matches in
            #expect(matches.count == 1)
            found.append(matches[0].query)
        }
        #expect(found == queries.items)
    }

    @Test("Without candidates every query has an empty answer")
    func nobody() throws {
        var random = SplitMix64(seed: 2)
        var answers = 0
        try ExactJoin(k: 3).join(queries: [Self.set(4, dimension: 2, &random)], candidates: []) { answers += $0.isEmpty ? 1 : 100 }
        #expect(answers == 4)
    }

    @Test("Copies of one code are ordered by candidate, wherever they lie in their shards, by joins and truth ranks alike", arguments: 0..<10)
    func copies(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let directory = TemporaryDirectory()
        let dimension = 96
        func unit() -> [Float] {
            let values = (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) }
            let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return values.map { Float(Float16($0 / length)) }
        }
        let copy = unit()
        let items = (0..<101).map { _ in Item(digest: random.digest(), page: 1) }.sorted()
        let candidates = CodeSet(items: items, codes: Matrix(rows: 101, columns: dimension, values: (0..<101).flatMap { $0 % 3 == 0 ? copy : unit() }))
        let queries = CodeSet(items: Array(items[..<17]), codes: Matrix(rows: 17, columns: dimension, values: (0..<17).flatMap { _ in unit() }))
        let copied = items.indices.filter { $0 % 3 == 0 }.map { items[$0] }
        var answers: [[Match]] = []
        let shards = try Self.shards(candidates, directory, &random)
        try ExactJoin(k: 101).join(queries: [queries], candidates: shards) { answers.append($0) }
        #expect(answers.allSatisfy { $0.map(\.candidate).filter(copied.contains) == copied })
        for (rank, copy) in zip(0..., copied).shuffled(using: &random).prefix(8) {
            let ranks = try TruthRanks(queries: [queries], candidates: shards, truths: Dictionary(uniqueKeysWithValues: queries.items.map { ($0, [copy.digest]) })).ranks
            #expect(ranks == answers.map { $0.first { $0.candidate == copied[0] }!.rank + rank })
        }
        let others = try Self.shards(candidates, directory, &random)
        var again: [[Match]] = []
        try ExactJoin(k: 7).join(queries: [queries], candidates: others.reversed()) { again.append($0) }
        #expect(again == answers.map { Array($0.prefix(7)) }, "to the last bit of every score")
    }

    @Test("Truth ranks are those of a sort of all contents by their best page", arguments: 0..<30)
    func truthRanks(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let directory = TemporaryDirectory()
        let queries = (0..<2).map { _ in Self.set(8, dimension: 3, &random) }
        let candidates = Self.set(Int.random(in: 1...60, using: &random), dimension: 3, &random)
        let contents = Array(Set(candidates.items.map(\.digest))).sorted()
        var truths: [Item: Set<ContentDigest>] = [:]
        for query in queries.flatMap(\.items) where Bool.random(using: &random) {
            // Some truths are not among the candidates, and some queries have none that is.
            truths[query] = Set((0..<Int.random(in: 0...2, using: &random)).map { _ in contents.randomElement(using: &random)! } + [random.digest()])
        }
        var excluded: [ContentDigest: Set<ContentDigest>] = [:]
        for query in queries.flatMap(\.items) where Bool.random(using: &random) { excluded[query.digest] = Set(contents.shuffled(using: &random).prefix(3)) }
        var expected: [Int] = []
        for set in queries {
            for content in Set(set.items.map(\.digest)).sorted() {
                let named = set.items.indices.filter { set.items[$0].digest == content && truths[set.items[$0]] != nil }
                let truth = named.reduce(into: Set<ContentDigest>()) { $0.formUnion(truths[set.items[$1]] ?? []) }
                var seen: Set<ContentDigest> = []
                var entries: [(item: Item, score: Float)] = []
                for row in named { entries += Self.ranking(set, row, candidates) }
                entries.sort { $0.score != $1.score ? $0.score > $1.score : $0.item.digest < $1.item.digest }
                let order = entries.map(\.item.digest).filter { seen.insert($0).inserted && !(excluded[content]?.contains($0) ?? false) }
                if let rank = order.firstIndex(where: truth.contains) { expected.append(rank + 1) }
            }
        }
        let found = try TruthRanks(queries: queries, candidates: Self.shards(candidates, directory, &random), truths: truths, excluding: excluded)
        #expect(found.ranks == expected && found.candidates == contents.count)
    }
}
