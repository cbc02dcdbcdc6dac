import Documents
import Queueing

/// Finds the page images that the transcripts of companions are of.
struct PageTextFinder {
    let companions: [(digest: ContentDigest, companion: Companion)]
    let locations: [ContentDigest: [FileLocation]]
    let lookup: FileLookup
    let outcomes: [ContentDigest: String]

    /// The file that a transcript of a companion at `place` names; `nil` when it names none or the archive has none.
    func named(_ transcript: PageTranscript, at place: FileLocation) -> ContentDigest? {
        transcript.image.flatMap { lookup.content(target: $0, from: place.path.folder, root: place.root) }
    }

    /// The text view of each page image, in a stable order. What names the picture itself is surer than a METS file that puts both on
    /// one page; of several, the text with the most lines counts.
    func texts() -> [Catalog.LinkedText] {
        var sure: [Item: Catalog.LinkedText] = [:]
        var listed: [Item: Catalog.LinkedText] = [:]
        let neighbours = imagesOnPagesOfCompanions()
        for (digest, companion) in companions {
            for transcript in companion.pages where !transcript.text.lines.isEmpty {
                func take(_ image: ContentDigest, _ page: Int, into texts: inout [Item: Catalog.LinkedText]) {
                    let item = Item(digest: image, page: page)
                    guard isImage(image), transcript.text.lines.count > texts[item]?.text.lines.count ?? 0 else { return }
                    texts[item] = Catalog.LinkedText(image: image, page: page, companion: digest, text: transcript.text)
                }
                for place in locations[digest] ?? [] {
                    if let image = named(transcript, at: place) { take(image, transcript.page, into: &sure) }
                }
                guard companion.pages.count == 1 else { continue }
                for image in neighbours[digest] ?? [] { take(image, 1, into: &listed) }
            }
        }
        return sure.merging(listed) { named, _ in named }.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The images that METS files put on the same page as a companion.
    private func imagesOnPagesOfCompanions() -> [ContentDigest: [ContentDigest]] {
        var found: [ContentDigest: [ContentDigest]] = [:]
        for (digest, companion) in companions where companion.kind == .mets {
            for place in locations[digest] ?? [] {
                var pages: [String: [ContentDigest]] = [:]
                for file in companion.files {
                    guard let page = file.page, let content = lookup.content(target: file.target, from: place.path.folder, root: place.root) else { continue }
                    pages[page, default: []].append(content)
                }
                for contents in pages.values {
                    let images = contents.filter(isImage)
                    for content in contents where !isImage(content) { found[content, default: []] += images }
                }
            }
        }
        return found
    }

    private func isImage(_ content: ContentDigest) -> Bool { outcomes[content] == Modality.image.rawValue }
}
