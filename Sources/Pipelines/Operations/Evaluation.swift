import Documents
public import Evaluating
import Indexing
import Matching
import Queueing
public import SystemPackage

/// `shogo eval`: how often the right counterpart is found, on pairs that the model was not trained on.
public struct Evaluation: Encodable, Sendable {
    /// Figures of some pairs, both ways.
    public struct Figures: Encodable, Sendable {
        public var pairs: Int
        /// Images as queries, sheets as candidates; and the other way round.
        public var imagesToSheets: RetrievalFigures, sheetsToImages: RetrievalFigures
    }

    /// A pair that could not be measured.
    public struct Unmeasured: Encodable, Sendable {
        public var sheet: String, image: String
        public var page: Int?
        public var why: String
    }

    public var snapshot: String, model: String
    /// Pairs left out because training saw them.
    public var trainedPairsLeftOut: Int
    /// How many pairs were measured, and the figures of all of them, both ways.
    public var pairs: Int
    public var imagesToSheets: RetrievalFigures, sheetsToImages: RetrievalFigures
    /// Those of which training saw neither the sheet nor the image, and the others: another picture of a sheet that it learned, say, which
    /// is easier to find. `null` where there is none.
    public var unseen: Figures?, partlySeen: Figures?
    public var unmeasured: [Unmeasured]

    public var all: Figures { Figures(pairs: pairs, imagesToSheets: imagesToSheets, sheetsToImages: sheetsToImages) }

    /// Measures on the held-out rows of `pairFile`; on all its rows when none is held out. Pairs of the model's record never count.
    public init(archive: OpenWorkspace, pairFile: FilePath) throws {
        guard let snapshot = try archive.workspace.index.openCurrent() else {
            throw ShogoError(.failed, "nothing is indexed yet; run a pipeline first")
        }
        let known = try KnownPairs(archive: archive, files: [Workspace.absolute(pairFile)])
        let record = try ModelFolder(workspace: archive.workspace).record(snapshot.manifest.model)
        let trained = Set(record.pairs.map { [$0.sheet, $0.image] })
        let asked = known.heldOut.isEmpty ? known.training.filter { $0.source == .csv } : known.heldOut
        let fresh = asked.filter { !trained.contains([$0.sheet.hex, $0.image.hex]) }
        guard !fresh.isEmpty else {
            throw ShogoError(.usage, "every pair of \(pairFile) was used in training; mark some rows 'heldout' in a column 'part' and train again")
        }

        let items = Set(Modality.allCases.flatMap { snapshot.shards($0).flatMap(\.items) })
        let names = try EvaluatedNames(archive)
        unmeasured = known.lost.filter { known.heldOut.isEmpty || $0.row.part == .heldout }.map { lost in
            Unmeasured(
                sheet: lost.row.sheet, image: lost.row.image, page: lost.row.page,
                why: lost.isSheet ? "no sheet of the archive has this name, or it could not be read" : "no image of the archive has this name, or it could not be read")
        }
        var measurable: [Pair] = []
        for pair in fresh {
            if let why = Self.obstacle(pair, items) {
                unmeasured.append(Unmeasured(sheet: names[pair.sheet], image: names[pair.image], page: pair.page, why: why))
            } else {
                measurable.append(pair)
            }
        }
        let ranking = try PairRanking(archive: archive, snapshot: snapshot, trained: record.pairs, asked: measurable)
        let seen = Set(record.pairs.flatMap { [$0.sheet, $0.image] })
        let parts = Dictionary(grouping: measurable) { seen.contains($0.sheet.hex) || seen.contains($0.image.hex) }
        self.snapshot = snapshot.digest.hex
        model = snapshot.manifest.model
        trainedPairsLeftOut = asked.count - fresh.count
        let all = try ranking.figures(of: measurable)
        (pairs, imagesToSheets, sheetsToImages) = (all.pairs, all.imagesToSheets, all.sheetsToImages)
        unseen = try parts[false].map { try ranking.figures(of: $0) }
        partlySeen = try parts[true].map { try ranking.figures(of: $0) }
    }

    /// Why the snapshot cannot tell of a pair; `nil` when it can.
    private static func obstacle(_ pair: Pair, _ items: Set<Item>) -> String? {
        if !items.contains(Item(digest: pair.sheet, page: 1)) { return "the sheet is not in the index; run the pipeline again" }
        if !items.contains(Item(digest: pair.image, page: 1)) { return "the image is not in the index; run the pipeline again" }
        if let page = pair.page, !items.contains(Item(digest: pair.image, page: page)) { return "the image has no page \(page)" }
        return nil
    }
}

/// Ranks the truths of pairs in a snapshot, each group of pairs by itself.
private struct PairRanking {
    private let images: [Shard], sheets: [Shard]
    private let pages: [ContentDigest: Int]
    private let asked: [Pair]
    private var rightImages: [ContentDigest: Set<ContentDigest>] = [:]
    private var rightSheets: [ContentDigest: Set<ContentDigest>] = [:]

    /// What training saw, and what is asked for in another group, is right too: it must not count as a wrong answer that comes first.
    init(archive: OpenWorkspace, snapshot: Snapshot, trained: [ModelRecord.TrainedPair], asked: [Pair]) throws {
        images = snapshot.shards(.image)
        sheets = snapshot.shards(.sheet)
        self.asked = asked
        pages = Dictionary(images.flatMap { $0.items.map { ($0.digest, $0.page) } }, uniquingKeysWith: max)
        for pair in trained {
            guard let sheet = ContentDigest(hex: pair.sheet), let image = ContentDigest(hex: pair.image) else { continue }
            rightImages[sheet, default: []].insert(image)
            rightSheets[image, default: []].insert(sheet)
        }
        for pair in asked {
            rightImages[pair.sheet, default: []].insert(pair.image)
            rightSheets[pair.image, default: []].insert(pair.sheet)
        }
    }

    func figures(of pairs: [Pair]) throws -> Evaluation.Figures {
        var sheetsOfImage: [Item: Set<ContentDigest>] = [:], imagesOfSheet: [Item: Set<ContentDigest>] = [:]
        var truthSheets: [ContentDigest: Set<ContentDigest>] = [:], truthImages: [ContentDigest: Set<ContentDigest>] = [:]
        for pair in pairs {
            for page in pair.page.map({ $0...$0 }) ?? 1...max(1, pages[pair.image] ?? 1) {
                sheetsOfImage[Item(digest: pair.image, page: page), default: []].insert(pair.sheet)
            }
            imagesOfSheet[Item(digest: pair.sheet, page: 1), default: []].insert(pair.image)
            truthSheets[pair.image, default: []].insert(pair.sheet)
            truthImages[pair.sheet, default: []].insert(pair.image)
        }
        let otherSheets = rightSheets.merging(truthSheets) { $0.subtracting($1) }, otherImages = rightImages.merging(truthImages) { $0.subtracting($1) }
        let forward = try TruthRanks(queries: images.map { try CodeSet($0) }, candidates: sheets, truths: sheetsOfImage, excluding: otherSheets)
        let backward = try TruthRanks(queries: sheets.map { try CodeSet($0) }, candidates: images, truths: imagesOfSheet, excluding: otherImages)
        return Evaluation.Figures(
            pairs: pairs.count, imagesToSheets: RetrievalFigures(ranks: forward.ranks, candidates: forward.candidates),
            sheetsToImages: RetrievalFigures(ranks: backward.ranks, candidates: backward.candidates))
    }
}

/// The first place of each content, as people read it.
private struct EvaluatedNames {
    private let locations: [ContentDigest: [FileLocation]]

    init(_ archive: OpenWorkspace) throws { locations = try archive.catalog.locations() }

    subscript(_ digest: ContentDigest) -> String { locations[digest]?.first?.path.display ?? digest.hex }
}
