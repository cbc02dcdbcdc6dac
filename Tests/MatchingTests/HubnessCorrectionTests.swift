import Documents
import LinearAlgebra
import Storage
import SystemPackage
import TestSupport
import Testing

@testable import Indexing
@testable import Matching

struct HubnessCorrectionTests {
    private static func codes(_ rows: Int, _ random: inout SplitMix64) -> Matrix {
        Matrix(rows: rows, columns: 6, values: (0..<rows * 6).map { _ in Float.random(in: -1...1, using: &random) }).normalizingRows
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `A mean neighbour similarity is the mean of the highest cosines to references`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let codes = Self.codes(Int.random(in: 1...9, using: &random), &random), references = Self.codes(Int.random(in: 1...40, using: &random), &random)
        let count = Int.random(in: 1...12, using: &random)
        let found = HubnessCorrection(neighbours: count).similarities(of: codes, among: references)
        #expect(found.count == codes.rows)
        for row in found.indices {
            let highest = (0..<references.rows).map { codes.dot(row, references, $0) }.sorted(by: >).prefix(count)
            #expect(found[row] == highest.reduce(0, +) / Float(highest.count))
        }
    }

    @Test func `An item has the same to the last bit alone and among many, whatever block it falls in`() {
        var random = SplitMix64(seed: 3)
        let references = Self.codes(300, &random), codes = Self.codes(600, &random), correction = HubnessCorrection(neighbours: 5)
        let all = correction.similarities(of: codes, among: references)
        #expect(all.count == 600)
        for row in [0, 255, 256, 599] { #expect(correction.similarities(of: codes.gathering([row]), among: references)[0] == all[row]) }
    }

    @Test func `What nothing is known of counts as near to all, and without references nothing is near`() {
        var random = SplitMix64(seed: 4)
        let correction = HubnessCorrection(neighbours: 3), none = Matrix(rows: 0, columns: 6)
        #expect(correction.similarities(of: Matrix(rows: 2, columns: 6), among: Self.codes(5, &random)) == [1, 1])
        #expect(correction.similarities(of: Self.codes(2, &random), among: none) == [0, 0])
    }

    @Test func `Every row of a snapshot gets one, however its contents are cut into shards`() throws {
        var random = SplitMix64(seed: 5)
        let directory = TemporaryDirectory()
        let images = JoinTests.set(60, dimension: 4, &random), sheets = JoinTests.set(50, dimension: 4, &random)
        let correction = HubnessCorrection(neighbours: 4)
        let expected = NeighbourSimilarities(
            neighbours: 4, images: correction.similarities(of: images.codes, among: sheets.codes),
            sheets: correction.similarities(of: sheets.codes, among: images.codes))
        for _ in 0..<3 {
            let other = TemporaryDirectory()
            let found = try correction.similarities(
                images: JoinTests.shards(images, directory, &random), sheets: JoinTests.shards(sheets, other, &random))
            #expect(found == expected)
        }
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `Joins and truth ranks order by the cosine less half of what either is near to its neighbours`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let directory = TemporaryDirectory()
        func similarities(_ count: Int) -> [Float] { (0..<count).map { _ in Float(Int.random(in: -8...8, using: &random)) } }
        let plain = JoinTests.set(20, dimension: 3, &random), candidates = JoinTests.set(80, dimension: 3, &random)
        let (own, theirs) = (similarities(20), similarities(80))
        let queries = CodeSet(items: plain.items, codes: plain.codes, similarities: own)
        let losses = Dictionary(uniqueKeysWithValues: zip(candidates.items, theirs))
        let shards = try JoinTests.shards(candidates, directory, &random).map { shard in
            var shard = shard
            shard.similarities = shard.items.map { losses[$0] ?? 0 }
            return shard
        }
        func score(_ row: Int, _ candidate: Int) -> Float { JoinTests.dot(plain, row, candidates, candidate) - own[row] / 2 - theirs[candidate] / 2 }
        var row = 0
        try ExactJoin(k: 7).join(queries: [queries], candidates: shards) { matches in
            let expected = candidates.items.indices.map { (score(row, $0), candidates.items[$0]) }.sorted { $0.0 != $1.0 ? $0.0 > $1.0 : $0.1 < $1.1 }.prefix(7)
            #expect(matches.map(\.candidate) == expected.map(\.1) && matches.map(\.score) == expected.map(\.0))
            row += 1
        }
        // The best page of a file counts with what it loses.
        for digest in Set(plain.items.map(\.digest)) {
            let pages = plain.items.indices.filter { plain.items[$0].digest == digest }
            let truth = try #require(candidates.items.randomElement(using: &random)).digest
            var best: [ContentDigest: Float] = [:]
            for (place, item) in candidates.items.enumerated() { for page in pages { best[item.digest] = max(best[item.digest] ?? -.infinity, score(page, place)) } }
            let top = try #require(best[truth]), rank = best.count { $1 != top ? $1 > top : $0 < truth } + 1
            let named = Dictionary(uniqueKeysWithValues: pages.map { (plain.items[$0], Set([truth])) })
            #expect(try TruthRanks(queries: [queries], candidates: shards, truths: named).ranks == [rank])
        }
    }

    @Test func `Scores in memory are those of a join`() throws {
        var random = SplitMix64(seed: 7)
        let directory = TemporaryDirectory(), correction = HubnessCorrection(neighbours: 4)
        let images = JoinTests.set(12, dimension: 4, &random), sheets = JoinTests.set(20, dimension: 4, &random)
        let found = correction.scores(images: images.codes, sheets: sheets.codes, allImages: images.codes, allSheets: sheets.codes)
        var shards = try JoinTests.shards(sheets, directory, &random)
        for place in shards.indices { shards[place].similarities = try correction.similarities(of: shards[place].codes(), among: images.codes) }
        let queries = CodeSet(items: images.items, codes: images.codes, similarities: correction.similarities(of: images.codes, among: sheets.codes))
        try ExactJoin(k: 20).join(queries: [queries], candidates: shards) { matches in
            for match in matches {
                let (row, column) = (try #require(images.items.firstIndex(of: match.query)), try #require(sheets.items.firstIndex(of: match.candidate)))
                #expect(abs(found[row, column] - match.score) < 1e-5)
            }
        }
    }

    @Test func `A sheet that is near to every image no longer comes first for all`() throws {
        var random = SplitMix64(seed: 6)
        let directory = TemporaryDirectory()
        // Three pairs on axes, and a hub between the axes: nearer to images that lean to each other.
        let images = Matrix(rows: 3, columns: 3, values: [1, 0.55, 0.55, 0.55, 1, 0.55, 0.55, 0.55, 1]).normalizingRows
        let sheets = Matrix(rows: 4, columns: 3, values: [1, 0.2, 0.2, 0.2, 1, 0.2, 0.2, 0.2, 1, 1, 1, 1]).normalizingRows
        let asking = (0..<3).map { _ in Item(digest: random.digest(), page: 1) }, items = (0..<4).map { _ in Item(digest: random.digest(), page: 1) }
        let correction = HubnessCorrection(neighbours: 3)
        for isCorrected in [false, true] {
            var shards = try JoinTests.shards(CodeSet(items: items, codes: sheets), directory, &random)
            if isCorrected { for place in shards.indices { shards[place].similarities = try correction.similarities(of: shards[place].codes(), among: images) } }
            let queries = CodeSet(items: asking, codes: images, similarities: isCorrected ? correction.similarities(of: images, among: sheets) : nil)
            var found: [Item] = []
            try ExactJoin(k: 1).join(queries: [queries], candidates: shards) { found += $0.map(\.candidate) }
            #expect(found == (isCorrected ? Array(items.prefix(3)) : [items[3], items[3], items[3]]))
        }
    }
}
