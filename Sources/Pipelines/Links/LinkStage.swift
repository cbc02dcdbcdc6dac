import Documents
import Foundation
import Queueing

/// Follows what files say about each other: page images get the texts of their companions, sheets the words that they borrow.
///
/// Runs in the supervisor, on what parsing recorded; done twice, it changes nothing.
struct LinkStage {
    struct Summary {
        var texts: Int
        var changed: Int

        var line: String { "\(texts) pages with text, \(changed) sheets say something new" }
    }

    let archive: OpenWorkspace

    private static let titleLength = 120
    private static let mostRounds = 3

    func run() throws -> Summary {
        guard try archive.catalog.hasLinks() else {
            try archive.catalog.setLinkedTexts([]) { _ in }
            return Summary(texts: 0, changed: 0)
        }
        let links = try ArchiveLinks(archive: archive)
        let texts = links.texts()
        try archive.catalog.setLinkedTexts(texts) { image in try archive.workspace.forgetNumbers(of: image, .image) }
        guard links.borrows else { return Summary(texts: texts.count, changed: 0) }
        let anchors = try archive.catalog.anchors()
        var sheets = try follow(links, anchors)
        // A borrowed title may itself be borrowed: what changed a title is followed once more.
        for _ in 0..<Self.mostRounds where !sheets.isEmpty {
            let again = try follow(ArchiveLinks(archive: archive), anchors)
            guard !again.isEmpty else { break }
            sheets.formUnion(again)
        }
        return Summary(texts: texts.count, changed: sheets.count)
    }

    /// Follows the links once; answers the sheets that say something new.
    private func follow(_ links: ArchiveLinks, _ anchors: [ContentDigest: [String: TextAnchor]]) throws -> Set<ContentDigest> {
        let changed = links.changedBorrowers(anchors)
        let sheets = Set(changed.map(\.sheet))
        // Before the catalog says so: after a kill between the two, the words are found changed again.
        for sheet in sheets { try archive.workspace.forgetNumbers(of: sheet, .sheet) }
        var titles: [ContentDigest: String] = [:]
        for borrower in changed where borrower.number == 0 && borrower.fragment.kind == .title {
            let words = (borrower.resolved ?? "").replacing(String(BorrowedText.mark), with: "")
            if !words.isEmpty { titles[borrower.sheet] = String(words.prefix(Self.titleLength)) }
        }
        try archive.catalog.setResolved(changed, titles: titles)
        return sheets
    }
}
