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

    /// What writers put behind the stem of the picture in the name of its text.
    private static let suffixes = ["_alto", "-alto", ".alto", "_page", "-page", ".page", "_hocr", "-hocr", ".hocr", "_ocr", "-ocr", ".ocr"]

    /// The targets of each companion's transcripts, in the order of its pages. A companion of whose pictures none is there (many name a
    /// file that lay elsewhere, or none) is of the picture with its own stem. Where a transcript names a file, lists are not asked: a
    /// picture that was cropped or turned after it was transcribed stands on the same page of a list, and the places would be wrong.
    func targets() -> [ContentDigest: [[Target]]] {
        let neighbours = imagesOnPagesOfCompanions()
        var targets: [ContentDigest: [[Target]]] = [:]
        for companion in companions where !companion.transcripts.isEmpty {
            var found = companion.transcripts.map { transcript -> [Target] in
                if let image = transcript.image {
                    let named = Set((locations[companion.digest] ?? []).compactMap { lookup.content(target: image, from: $0.path.folder, root: $0.root) })
                    return named.sorted().map { Target(content: $0, page: transcript.page, isNamed: true) }
                }
                guard companion.transcripts.filter({ $0.image == nil }).count == 1 else { return [] }
                return (neighbours[companion.digest] ?? []).sorted().map { Target(content: $0, page: 1, isNamed: false) }
            }
            if found.allSatisfy(\.isEmpty) {
                // Of several pictures that it names, one stem tells nothing; of a name for the page and other forms of it, the first.
                let first = companion.transcripts[0].image
                let named = companion.transcripts.indices.filter { companion.transcripts[$0].image == first }
                let contents = pictures(withStemOf: companion.digest)
                for number in named { found[number] = contents.map { Target(content: $0, page: companion.transcripts[number].page, isNamed: false) } }
            }
            targets[companion.digest] = found
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

    private func pictures(withStemOf companion: ContentDigest) -> [ContentDigest] {
        Set((locations[companion] ?? []).compactMap { place -> ContentDigest? in
            let stem = place.path.stem
            let shorter = Self.suffixes.lazy.filter { stem.bytes.count > $0.utf8.count && stem.key.lowercased().hasSuffix($0) }
                .map { RawPath(bytes: stem.bytes.dropLast($0.utf8.count)) }
            return ([stem] + shorter).lazy.compactMap { lookup.content(stem: $0, beside: place.path.folder, root: place.root) }.first
        }).sorted()
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
