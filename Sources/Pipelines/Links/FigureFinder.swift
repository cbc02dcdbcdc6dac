import Documents
import Queueing

/// Finds the content that a figure reference leads to: by path, by name, by key, or through a figure of another sheet.
struct FigureFinder {
    private let keys: KeySpace
    private let locations: [ContentDigest: [FileLocation]]
    private let sheets: FileLookup
    private let pictures: FileLookup
    /// Figures that others borrow: by sheet and name, `topic/element`.
    private let lent: [ContentDigest: [String: FigureReference]]
    /// The same by the element alone: of several the first in the sheet.
    private let elements: [ContentDigest: [Substring: FigureReference]]

    /// A figure that is borrowed from a figure that is borrowed: longer chains are circles.
    private static let mostSteps = 4

    /// `sheets` finds the sheets that lend figures, `pictures` what figures may lead to.
    init(figures: [Catalog.Figure], keys: KeySpace, locations: [ContentDigest: [FileLocation]], sheets: FileLookup, pictures: FileLookup) {
        self.keys = keys
        self.locations = locations
        self.sheets = sheets
        self.pictures = pictures
        var lent: [ContentDigest: [String: FigureReference]] = [:]
        var elements: [ContentDigest: [Substring: FigureReference]] = [:]
        for figure in figures {
            guard let name = figure.reference.name else { continue }
            if lent[figure.sheet]?[name] == nil { lent[figure.sheet, default: [:]][name] = figure.reference }
            let element = name.lastIndex(of: "/").map { name[name.index(after: $0)...] } ?? name[...]
            if elements[figure.sheet]?[element] == nil { elements[figure.sheet, default: [:]][element] = figure.reference }
        }
        self.lent = lent
        self.elements = elements
    }

    func content(of figure: Catalog.Figure, at place: FileLocation) -> ContentDigest? {
        content(of: figure.reference, in: figure.sheet, at: place, steps: 0)
    }

    private func content(of reference: FigureReference, in sheet: ContentDigest, at place: FileLocation, steps: Int) -> ContentDigest? {
        let parts = reference.target.split(separator: reference.isKey ? "/" : "#", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, steps < Self.mostSteps, let found = lender(String(parts[0]), isKey: reference.isKey, in: sheet, at: place) {
            if let figure = lent[found.sheet]?[String(parts[1])] ?? elements[found.sheet]?[parts[1]] { return content(of: figure, in: found.sheet, at: found.place, steps: steps + 1) }
        }
        guard reference.isKey, let found = keys.definition(reference.target, from: place), let target = found.key.target else {
            // A key without a map is often the name of the file.
            return pictures.content(target: reference.target, from: place.path.folder, root: place.root)
        }
        return pictures.content(target: target, from: found.map.path.folder, root: found.map.root)
    }

    private func lender(_ name: String, isKey: Bool, in sheet: ContentDigest, at place: FileLocation) -> (sheet: ContentDigest, place: FileLocation)? {
        if name.isEmpty { return (sheet, place) }
        let content: ContentDigest?
        if isKey {
            guard let found = keys.definition(name, from: place), let target = found.key.target else { return nil }
            content = sheets.content(target: target, from: found.map.path.folder, root: found.map.root)
        } else {
            content = sheets.content(target: name, from: place.path.folder, root: place.root)
        }
        return content.flatMap { content in locations[content]?.first.map { (content, $0) } }
    }
}
