import Documents
import Queueing

/// Finds the page images that the transcripts of companions are of.
struct PageTextFinder {
    /// More files on one page of a list: it is no page, but a whole work.
    private static let mostFilesOfPage = 16

    let companions: [Catalog.CompanionLinks]
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
        for companion in companions where !companion.transcripts.isEmpty {
            targets[companion.digest] = companion.transcripts.map { transcript in
                if let image = transcript.image {
                    let named = Set((locations[companion.digest] ?? []).compactMap { lookup.content(target: image, from: $0.path.folder, root: $0.root) })
                    return named.sorted().map { Target(content: $0, page: transcript.page, isNamed: true) }
                }
                guard companion.transcripts.count == 1 else { return [] }
                return (neighbours[companion.digest] ?? []).sorted().map { Target(content: $0, page: 1, isNamed: false) }
            }
        }
        return targets
    }

    /// The text view of each page image, in a stable order: of several the named before the listed, then the one with the most lines.
    func texts() -> [Catalog.LinkedText] {
        let targets = targets()
        var best: [Item: (text: Catalog.LinkedText, isNamed: Bool, lineCount: Int)] = [:]
        for companion in companions {
            for (number, (transcript, ends)) in zip(companion.transcripts, targets[companion.digest] ?? []).enumerated() where transcript.lineCount > 0 {
                for end in ends where outcomes[end.content] == Modality.image.rawValue {
                    let item = Item(digest: end.content, page: end.page)
                    if let known = best[item], (known.isNamed ? 1 : 0, known.lineCount) >= (end.isNamed ? 1 : 0, transcript.lineCount) { continue }
                    let text = Catalog.LinkedText(image: end.content, page: end.page, companion: companion.digest, number: number)
                    best[item] = (text, end.isNamed, transcript.lineCount)
                }
            }
        }
        return best.sorted { $0.key < $1.key }.map(\.value.text)
    }

    /// The images that METS files put on the same page as a companion.
    private func imagesOnPagesOfCompanions() -> [ContentDigest: Set<ContentDigest>] {
        var found: [ContentDigest: Set<ContentDigest>] = [:]
        let files = FileLookup(locations, roots: [:])
        for companion in companions where companion.kind == .mets {
            for place in locations[companion.digest] ?? [] {
                var pages: [String: Set<ContentDigest>] = [:]
                for file in companion.files {
                    guard let page = file.page, let content = files.content(target: file.target, from: place.path.folder, root: place.root, byStem: false) else { continue }
                    pages[page, default: []].insert(content)
                }
                for contents in pages.values where contents.count <= Self.mostFilesOfPage {
                    let images = contents.filter { outcomes[$0] == Modality.image.rawValue }
                    for content in contents.subtracting(images) { found[content, default: []].formUnion(images) }
                }
            }
        }
        return found
    }
}
