import Documents
import Queueing

/// What the files of an archive say about each other, followed: each mention of another file with what it leads to.
struct ArchiveLinks {
    struct Link {
        var kind: LinkKind
        var source: FileLocation
        var target: String
        /// Where in the source the mention stands, as people read it; empty for a whole page.
        var place: String
        /// The content it leads to; `nil` for none, or for words that a map itself has.
        var content: ContentDigest?
        var isResolved: Bool
    }

    private let locations: [ContentDigest: [FileLocation]]
    private let companions: [Catalog.CompanionLinks]
    private let figures: [Catalog.Figure]
    private let borrowers: [Catalog.Borrower]
    private let parts: [(sheet: ContentDigest, file: ListedFile)]
    private let lookup: FileLookup
    private let keys: KeySpace
    private let pages: PageTextFinder
    private let finder: FigureFinder
    private let titles: [ContentDigest: String]

    /// Reads what parsing found. Every file can be a target, whatever became of it: a drawing that Shogo does not read is there all the same.
    init(archive: OpenWorkspace) throws {
        locations = try archive.catalog.locations()
        companions = try archive.catalog.companions()
        figures = try archive.catalog.figures()
        borrowers = try archive.catalog.borrowers()
        parts = try archive.catalog.parts()
        lookup = FileLookup(locations, roots: try archive.catalog.roots())
        keys = KeySpace(companions, locations: locations)
        finder = FigureFinder(figures: figures, keys: keys, locations: locations, sheets: lookup, pictures: lookup)
        titles = try archive.catalog.titles()
        let outcomes = try archive.catalog.outcomes()
        // A page is a picture, or a file that should be one.
        let pictures = locations.filter { outcomes[$0.key] != "sheet" && outcomes[$0.key] != "companion" }
        pages = PageTextFinder(
            companions: companions, locations: locations, lookup: FileLookup(pictures, roots: try archive.catalog.roots()), outcomes: outcomes)
    }

    func texts() -> [Catalog.LinkedText] { pages.texts() }

    /// Bytes that one sheet may borrow in all: a chapter that borrows itself over and over must not fill the memory.
    private static let mostBorrowed = 4 << 20

    /// Fragments that say something else since the links were followed last, in the order of their sheets.
    func changedBorrowers(_ anchors: [ContentDigest: [String: TextAnchor]]) -> [Catalog.Borrower] {
        let lender = lender(anchors)
        var (sheet, bytes): (ContentDigest?, Int) = (nil, 0)
        return borrowers.compactMap { borrower in
            guard let place = locations[borrower.sheet]?.first else { return nil }
            if borrower.sheet != sheet { (sheet, bytes) = (borrower.sheet, 0) }
            var changed = borrower
            changed.resolved = bytes < Self.mostBorrowed
                ? lender.resolve(borrower.fragment.text, borrower.fragment.borrowed, in: borrower.sheet, at: place).text : borrower.fragment.text
            bytes += changed.resolved?.utf8.count ?? 0
            return changed.resolved == borrower.resolved ? nil : changed
        }
    }

    /// Whether any sheet borrows: without that nobody needs the anchors.
    var borrows: Bool { !borrowers.isEmpty }

    /// Every mention, in the order of kinds, contents and places.
    func links(_ anchors: [ContentDigest: [String: TextAnchor]]) -> [Link] {
        figureLinks() + textLinks(lender(anchors)) + pageLinks() + fileLinks() + partLinks()
    }

    private func lender(_ anchors: [ContentDigest: [String: TextAnchor]]) -> TextLender {
        TextLender(anchors: anchors, keys: keys, lookup: lookup, locations: locations, titles: titles)
    }

    private func figureLinks() -> [Link] {
        figures.flatMap { figure in
            (locations[figure.sheet] ?? []).map { place in
                let content = finder.content(of: figure, at: place)
                return Link(
                    kind: .figure, source: place, target: figure.reference.target, place: figure.reference.place.display, content: content,
                    isResolved: content != nil)
            }
        }
    }

    private func textLinks(_ lender: TextLender) -> [Link] {
        borrowers.flatMap { borrower -> [Link] in
            // What a sheet borrows is looked for from its first place alone: one content has one text.
            guard let place = locations[borrower.sheet]?.first else { return [] }
            let found = lender.resolve(borrower.fragment.text, borrower.fragment.borrowed, in: borrower.sheet, at: place).found
            return zip(borrower.fragment.borrowed, found).map { text, isFound in
                Link(
                    kind: .text, source: place, target: text.target, place: borrower.fragment.place.display,
                    content: lender.source(of: text, in: borrower.sheet, at: place), isResolved: isFound)
            }
        }
    }

    private func pageLinks() -> [Link] {
        let targets = pages.targets()
        return companions.flatMap { companion in
            zip(companion.transcripts, targets[companion.digest] ?? []).flatMap { transcript, ends -> [Link] in
                guard let place = locations[companion.digest]?.first else { return [] }
                func link(_ content: ContentDigest?) -> Link {
                    Link(
                        kind: .page, source: place, target: transcript.image ?? "", place: "page \(transcript.page)", content: content,
                        isResolved: content != nil)
                }
                return ends.isEmpty ? [link(nil)] : ends.map { link($0.content) }
            }
        }
    }

    private func fileLinks() -> [Link] {
        companions.flatMap { companion in links(.file, to: companion.files, in: companion.digest) }
    }

    private func partLinks() -> [Link] {
        parts.flatMap { part in links(.part, to: [part.file], in: part.sheet) }
    }

    private func links(_ kind: LinkKind, to files: [ListedFile], in content: ContentDigest) -> [Link] {
        (locations[content] ?? []).flatMap { place in
            files.map { file in
                let content = lookup.content(target: file.target, from: place.path.folder, root: place.root, byStem: false)
                return Link(kind: kind, source: place, target: file.target, place: file.place.display, content: content, isResolved: content != nil)
            }
        }
    }
}
