import Documents
import Queueing

/// Finds the page images that the transcripts of companions are of.
struct PageTextFinder {
    let companions: [(digest: ContentDigest, companion: Companion)]
    let locations: [ContentDigest: [FileLocation]]
    let lookup: FileLookup
    let outcomes: [ContentDigest: String]

    /// Where the text of a companion's page belongs.
    struct Target {
        /// The content; an image, or a file that should be one but cannot be read.
        var content: ContentDigest
        /// From 1.
        var page: Int
        /// Whether the transcript names the file itself; else a METS file puts both on one page.
        var isNamed: Bool
    }

    /// The targets of each companion's transcripts, in the order of its pages. Where a transcript names a file, lists are not asked: a
    /// picture that was cropped or turned after it was transcribed stands on the same page of a list, and the places would be wrong.
    func targets() -> [ContentDigest: [[Target]]] {
        let neighbours = imagesOnPagesOfCompanions()
        var targets: [ContentDigest: [[Target]]] = [:]
        for (digest, companion) in companions where !companion.pages.isEmpty {
            targets[digest] = companion.pages.map { transcript in
                if let image = transcript.image {
                    let named = Set((locations[digest] ?? []).compactMap { lookup.content(target: image, from: $0.path.folder, root: $0.root) })
                    return named.sorted().map { Target(content: $0, page: transcript.page, isNamed: true) }
                }
                guard companion.pages.count == 1 else { return [] }
                return (neighbours[digest] ?? []).sorted().map { Target(content: $0, page: 1, isNamed: false) }
            }
        }
        return targets
    }

    /// The text view of each page image, in a stable order: of several the named before the listed, then the one with the most lines.
    func texts() -> [Catalog.LinkedText] {
        let targets = targets()
        var best: [Item: (text: Catalog.LinkedText, isNamed: Bool)] = [:]
        for (digest, companion) in companions {
            for (transcript, ends) in zip(companion.pages, targets[digest] ?? []) where !transcript.text.lines.isEmpty {
                for end in ends where outcomes[end.content] == Modality.image.rawValue {
                    let item = Item(digest: end.content, page: end.page)
                    if let known = best[item], (known.isNamed ? 1 : 0, known.text.text.lines.count) >= (end.isNamed ? 1 : 0, transcript.text.lines.count) { continue }
                    best[item] = (Catalog.LinkedText(image: end.content, page: end.page, companion: digest, text: transcript.text), end.isNamed)
                }
            }
        }
        return best.sorted { $0.key < $1.key }.map(\.value.text)
    }

    /// The images that METS files put on the same page as a companion.
    private func imagesOnPagesOfCompanions() -> [ContentDigest: Set<ContentDigest>] {
        var found: [ContentDigest: Set<ContentDigest>] = [:]
        let files = FileLookup(locations, roots: [:])
        for (digest, companion) in companions where companion.kind == .mets {
            for place in locations[digest] ?? [] {
                var pages: [String: Set<ContentDigest>] = [:]
                for file in companion.files {
                    guard let page = file.page, let content = files.content(target: file.target, from: place.path.folder, root: place.root, byStem: false) else { continue }
                    pages[page, default: []].insert(content)
                }
                for contents in pages.values {
                    let images = contents.filter { outcomes[$0] == Modality.image.rawValue }
                    for content in contents.subtracting(images) { found[content, default: []].formUnion(images) }
                }
            }
        }
        return found
    }
}
