import Documents
import Queueing

/// Finds pairs that the archive itself tells of.
struct PairFinder {
    /// A folder of one sheet and more images than this tells nothing.
    static let mostImagesOfFolder = 24
    /// A stem that more images share than this is a habit of naming, not a bond.
    static let mostImagesOfStem = 4

    private let places: ArchivePlaces
    private let figures: [Catalog.Figure]
    private let lookup: FileLookup
    private let finder: FigureFinder

    /// The look-ups find all sheets and all images of the archive.
    init(archive: OpenWorkspace, places: ArchivePlaces, sheetLookup: FileLookup, imageLookup: FileLookup) throws {
        self.places = places
        figures = try archive.catalog.figures()
        lookup = imageLookup
        finder = FigureFinder(
            figures: figures, keys: KeySpace(try archive.catalog.companions(), locations: places.all), locations: places.all,
            sheets: sheetLookup, pictures: lookup)
    }

    /// All pairs found, each once with its surest source, in a stable order.
    func pairs() -> [Pair] {
        var found: [Key: Pair] = [:]
        for source in Pair.Source.allCases {
            for (sheet, image) in pairs(source) {
                let key = Key(sheet: sheet, image: image)
                if found[key] == nil { found[key] = Pair(sheet: sheet, image: image, source: source) }
            }
        }
        return found.values.sorted { ($0.sheet, $0.image) < ($1.sheet, $1.image) }
    }

    private struct Key: Hashable {
        var sheet: ContentDigest
        var image: ContentDigest
    }

    private func pairs(_ source: Pair.Source) -> [(ContentDigest, ContentDigest)] {
        switch source {
        case .csv: []
        case .figureReference: byFigure()
        case .sameStem: byStem()
        case .sameFolder: byFolder()
        }
    }

    private func byFigure() -> [(ContentDigest, ContentDigest)] {
        figures.flatMap { figure in
            (places.sheets[figure.sheet] ?? []).compactMap { place in
                finder.content(of: figure, at: place).map { (figure.sheet, $0) }
            }
        }
    }

    /// The same stem, where one sheet alone has it.
    private func byStem() -> [(ContentDigest, ContentDigest)] {
        var stems: [String: (stem: RawPath, sheets: Set<ContentDigest>)] = [:]
        for (sheet, places) in places.sheets {
            for place in places { stems[place.path.stem.key.lowercased(), default: (place.path.stem, [])].sheets.insert(sheet) }
        }
        return stems.values.flatMap { stem, sheets -> [(ContentDigest, ContentDigest)] in
            let images = lookup.contents(stem: stem)
            guard sheets.count == 1, images.count <= Self.mostImagesOfStem else { return [] }
            return sheets.flatMap { sheet in images.map { (sheet, $0) } }
        }
    }

    /// The same folder, where it holds one sheet alone.
    private func byFolder() -> [(ContentDigest, ContentDigest)] {
        var folders: [FileLocation: (sheets: Set<ContentDigest>, images: Set<ContentDigest>)] = [:]
        for (sheet, places) in places.sheets {
            for place in places where !Self.isOfRights(place.path) { folders[place.parent, default: ([], [])].sheets.insert(sheet) }
        }
        for (image, places) in places.images {
            for place in places { folders[place.parent, default: ([], [])].images.insert(image) }
        }
        return folders.values.flatMap { sheets, images -> [(ContentDigest, ContentDigest)] in
            guard sheets.count == 1, images.count <= Self.mostImagesOfFolder else { return [] }
            return sheets.flatMap { sheet in images.map { (sheet, $0) } }
        }
    }

    /// Whether a text says who may copy what lies beside it, by its name: it is about all of them and of none.
    private static func isOfRights(_ path: RawPath) -> Bool {
        ["licence", "license", "copying", "copyright", "notice"].contains(path.stem.key.lowercased())
    }
}

extension FileLocation {
    fileprivate var parent: FileLocation { FileLocation(root: root, path: path.folder) }
}
