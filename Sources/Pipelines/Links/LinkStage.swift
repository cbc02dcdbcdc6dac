import Documents
import Foundation
import Glibc
import Queueing
import SystemPackage

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

    func run() throws -> Summary {
        let links = try ArchiveLinks(archive: archive)
        let texts = links.texts()
        try archive.catalog.setLinkedTexts(texts)
        guard links.borrows else { return Summary(texts: texts.count, changed: 0) }
        let changed = links.changedBorrowers(try archive.catalog.anchors())
        let sheets = Set(changed.map(\.sheet))
        // Before the catalog says so: after a kill between the two, the words are found changed again.
        for sheet in sheets { try forgetNumbers(of: sheet) }
        var titles: [ContentDigest: String] = [:]
        for borrower in changed where borrower.number == 0 && borrower.fragment.kind == .title {
            let words = (borrower.resolved ?? "").replacing(String(BorrowedText.mark), with: "")
            if !words.isEmpty { titles[borrower.sheet] = String(words.prefix(Self.titleLength)) }
        }
        try archive.catalog.setResolved(changed, titles: titles)
        return Summary(texts: texts.count, changed: sheets.count)
    }

    /// Removes the descriptors and codes of a sheet: they were made from other words.
    private func forgetNumbers(of sheet: ContentDigest) throws {
        let workspace = archive.workspace
        var paths = [workspace.descriptorFile(sheet, extractor: Extractor.name(.sheet))]
        if let model = try ModelFolder(workspace: workspace).currentDigest() { paths.append(workspace.codeFile(sheet, model: model)) }
        for path in paths where path.withPlatformString({ unlink($0) }) != 0 && errno != ENOENT {
            throw ShogoError(.failed, "cannot remove \(path): \(String(cString: strerror(errno)))")
        }
    }
}
