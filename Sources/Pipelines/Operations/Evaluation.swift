import Documents
public import Evaluating
import Indexing
import Matching
import Queueing
public import SystemPackage

/// `shogo eval`: how often the right counterpart is found, on pairs that the model was not trained on.
public struct Evaluation: Encodable, Sendable {
    public var snapshot: String, model: String
    /// Pairs measured, and pairs left out because training saw them.
    public var pairs: Int, trainedPairsLeftOut: Int
    /// Images as queries, sheets as candidates; and the other way round.
    public var imagesToSheets: RetrievalFigures, sheetsToImages: RetrievalFigures

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

        var sheetsOfImage: [Item: Set<ContentDigest>] = [:]
        var imagesOfSheet: [Item: Set<ContentDigest>] = [:]
        for pair in fresh {
            for page in try Self.pages(pair, archive) { sheetsOfImage[Item(digest: pair.image, page: page), default: []].insert(pair.sheet) }
            imagesOfSheet[Item(digest: pair.sheet, page: 1), default: []].insert(pair.image)
        }
        // What training saw is right too: it must not count as a wrong answer that comes first.
        var trainedImages: [ContentDigest: Set<ContentDigest>] = [:]
        var trainedSheets: [ContentDigest: Set<ContentDigest>] = [:]
        for pair in record.pairs {
            guard let sheet = ContentDigest(hex: pair.sheet), let image = ContentDigest(hex: pair.image) else { continue }
            trainedImages[sheet, default: []].insert(image)
            trainedSheets[image, default: []].insert(sheet)
        }
        let images = snapshot.shards(.image)
        let sheets = snapshot.shards(.sheet)
        let forward = try TruthRanks(queries: images.map { try CodeSet($0) }, candidates: sheets, truths: sheetsOfImage, excluding: trainedSheets)
        let backward = try TruthRanks(queries: sheets.map { try CodeSet($0) }, candidates: images, truths: imagesOfSheet, excluding: trainedImages)
        self.snapshot = snapshot.digest.hex
        model = snapshot.manifest.model
        pairs = fresh.count
        trainedPairsLeftOut = asked.count - fresh.count
        imagesToSheets = RetrievalFigures(ranks: forward.ranks, candidates: forward.candidates)
        sheetsToImages = RetrievalFigures(ranks: backward.ranks, candidates: backward.candidates)
    }

    private static func pages(_ pair: Pair, _ archive: OpenWorkspace) throws -> ClosedRange<Int> {
        if let page = pair.page { return page...page }
        return 1...max(1, try archive.catalog.pageCount(of: pair.image))
    }
}
