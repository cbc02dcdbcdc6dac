import Documents
import Queueing
import SystemPackage

/// All pairs a training may use, and those it must not.
struct KnownPairs {
    /// For training, each once, in a stable order.
    var training: [Pair]
    /// Held out for evaluation: never in `training`, even where the archive tells of them.
    var heldOut: [Pair]
    /// What did not fit: rows that name files the archive has not.
    var remarks: [String]
    /// Rows that name no readable file of the archive.
    var lost: [LostRow]

    /// A row of a file that fits nothing.
    struct LostRow {
        var row: PairFile.Row
        /// Whether it is the sheet that is not there, or not read as one; else the image.
        var isSheet: Bool

        var description: String { "line \(row.line): \(isSheet ? row.sheet : row.image)" }
    }

    /// Finds pairs in the archive and joins those of `files` and of the copies that were `kept`; the first file to name a pair tells of it.
    init(archive: OpenWorkspace, files: [FilePath], kept: [FilePath] = []) throws {
        let places = try ArchivePlaces(archive)
        let (sheets, images) = (places.sheetLookup, places.imageLookup)

        var given: [Pair] = []
        heldOut = []
        remarks = []
        lost = []
        for path in files + kept {
            let file = try PairFile(path), before = lost.count
            for row in file.rows {
                guard let sheet = sheets.content(named: row.sheet), let image = images.content(named: row.image) else {
                    lost.append(LostRow(row: row, isSheet: sheets.content(named: row.sheet) == nil))
                    continue
                }
                let pair = Pair(sheet: sheet, image: image, page: row.page, source: .csv, weight: row.weight)
                if row.part == .heldout { heldOut.append(pair) } else { given.append(pair) }
            }
            let ofFile = lost[before...]
            let examples = ofFile.prefix(3).map(\.description).joined(separator: "; ")
            // The files of a copy may have left the archive for a while; a file that the user names now should fit now.
            guard ofFile.count < max(1, file.rows.count) || kept.contains(path) else {
                throw ShogoError(
                    .usage, "no row of \(path) names a sheet and an image of the archive (\(examples)); write paths below a root, and run the crawl first")
            }
            if !ofFile.isEmpty { remarks.append("\(path): \(ofFile.count) of \(file.rows.count) rows name no readable file of the archive (\(examples))") }
        }

        let excluded = Set(heldOut.map { PairedContents($0) })
        let known = Set(given.map { PairedContents($0) })
        var paired: Set<PairedPlace> = []
        given = given.filter { paired.insert(PairedPlace(contents: PairedContents($0), page: $0.page)).inserted }
        let found = try PairFinder(archive: archive, places: places, sheetLookup: sheets, imageLookup: images).pairs().filter { !known.contains(PairedContents($0)) }
        training = (given + found).filter { !excluded.contains(PairedContents($0)) }
        training.sort { ($0.sheet, $0.image, $0.page ?? 0) < ($1.sheet, $1.image, $1.page ?? 0) }
    }

    private struct PairedPlace: Hashable {
        var contents: PairedContents
        var page: Int?
    }

    /// Two contents, whatever page and source say.
    struct PairedContents: Hashable {
        var sheet: ContentDigest
        var image: ContentDigest

        init(_ pair: Pair) { (sheet, image) = (pair.sheet, pair.image) }
    }
}
