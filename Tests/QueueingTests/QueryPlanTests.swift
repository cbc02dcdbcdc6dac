import Documents
import Foundation
import GRDB
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Queueing

@Suite("Costs that do not grow")
struct QueryPlanTests {
    private final class Heard: Sendable {
        let statements = Mutex<Set<String>>([])
    }

    /// What answers with everything there is, and so may look at everything: beginnings of statements, each with its reason.
    private static let listings = [
        "SELECT f.digest, f.state": "the account of every file, once after a change",
        "SELECT digest, root, path FROM file WHERE digest IS NOT NULL": "the names of a report, once after a change",
        "SELECT digest, title FROM sheet": "the titles of a report, once after a change",
        "SELECT * FROM pair WHERE EXISTS": "all pairs",
        "DELETE FROM pair": "all pairs, when they change",
        "SELECT DISTINCT page.digest": "pages without a text, once after a change",
        "SELECT count(*) FROM page WHERE warning": "'shogo status'",
        "SELECT f.root, f.path, x.* FROM failure": "'shogo failures'",
        "SELECT * FROM figure": "figures of all sheets, once after a change", "SELECT * FROM anchor": "the same", "SELECT * FROM companion": "the same",
        "SELECT digest, image": "the same", "SELECT digest, * FROM": "the same", "SELECT * FROM content WHERE outcome IS NOT NULL": "the same",
        "SELECT digest, page, source, number FROM page_text": "the same", "SELECT * FROM fragment WHERE borrowed": "the same",
        "DELETE FROM job": "the queue of the last stage", "SELECT id, path FROM root": "a handful of roots", "SELECT * FROM job_total": "three rows",
        "DELETE FROM listing": "256 rows for each describer and model, when a snapshot is published or a model replaced",
        "DELETE FROM mark": "two or three marks", "SELECT name FROM mark": "the same",
        "SELECT EXISTS (SELECT 1 FROM companion)": "ends at the first row",
        "SELECT root, path, message FROM file WHERE state = 'unreadable'": "'shogo failures': the rows of an index that holds no others",
        "UPDATE content SET fingerprint = NULL WHERE outcome": "encodings of folders, when the user changes them",
        "SELECT EXISTS (SELECT 1 FROM file WHERE substr": "a folder that the user names and that is not there",
        "SELECT e.digest, e.scores": "texts without a declaration, once after a change", "SELECT id FROM root": "a handful of roots",
    ]

    @Test("No statement looks at every row, but for those whose answer is every row")
    func plans() throws {
        let directory = TemporaryDirectory()
        let heard = Heard()
        let catalog = try Catalog(path: directory["catalog.sqlite"].string) { text in heard.statements.withLock { _ = $0.insert(text) } }
        heard.statements.withLock { $0 = [] }
        try work(catalog)
        let tables = try catalog.database.read { try String.fetchAll($0, sql: "SELECT name FROM sqlite_master WHERE type = 'table'") }
        let statements = heard.statements.withLock { $0 }.filter { text in
            ["SELECT", "UPDATE", "DELETE", "INSERT"].contains { text.hasPrefix($0) }
        }
        #expect(statements.count > 50)
        for statement in statements.sorted() {
            let plan = try catalog.database.pool.writeWithoutTransaction { database in
                // Nothing is looked for, so that nothing need be bound.
                let explanation = try database.makeStatement(sql: "EXPLAIN QUERY PLAN " + statement)
                explanation.setUncheckedArguments(StatementArguments())
                return try Row.fetchAll(explanation).map { $0["detail"] as String }
            }
            let scans = plan.filter { line in line.hasPrefix("SCAN") && tables.contains { line.hasPrefix("SCAN \($0)") || line.hasPrefix("SCAN e") || line.hasPrefix("SCAN f") || line.hasPrefix("SCAN x") } }
            guard !scans.isEmpty else { continue }
            #expect(Self.listings.keys.contains { statement.hasPrefix($0) }, "\(statement)\n\(plan.joined(separator: "\n"))")
        }
    }

    /// Everything a run asks of the catalog.
    private func work(_ catalog: Catalog) throws {
        var random = SplitMix64(seed: 1)
        let digests = (0..<6).map { _ in random.digest() }.sorted()
        let root = try catalog.root(RawPath("/archive"))
        _ = try (catalog.roots(), catalog.files(root: root), catalog.stagedFiles(root: root))
        try catalog.stage([file("a", digests[0])], root: root)
        try catalog.recordCrawl(root: root, found: digests.map { file($0.hex, $0) } + [file("x", nil, .ignored)], gone: [RawPath("x")])
        try catalog.noteEncodings("a\tEUC-JP", folders: ["a"])
        let version = version("p")
        _ = try catalog.contentsToParse(version)
        try catalog.plan(.parse, digests, version)
        _ = try (catalog.jobCounts(), catalog.currentStage(), catalog.lastLease())
        let evidence = EncodingEvidence(candidates: [.init(encoding: "Big5", cost: 0, text: 0)], noise: 9)
        let results: [Result<Document, ParsingFailure>] = [
            .success(page(1)), .success(.sheet(sheet)), .failure(ParsingFailure(.damaged, "")), .failure(ParsingFailure(.unsupportedFormat, "")),
            .success(.companion(Companion(kind: .alto, encoding: "UTF-8"))), .success(.sheet(sheet)),
        ]
        while let job = try catalog.lease(worker: "w", seconds: 60, version) {
            _ = try catalog.heartbeat(job, seconds: 60)
            let parsed = job.digests.map { ParsedContent(digest: $0, reader: "p", result: results[digests.firstIndex(of: $0) ?? 0], evidence: $0 == digests[1] ? evidence : nil) }
            #expect(try catalog.complete(job, parsed: parsed, version))
        }
        #expect(try catalog.undeclaredTexts().map(\.evidence) == [evidence])
        #expect(try catalog.encodingHint(of: digests[1]) == nil)
        let hint = EncodingHint(encoding: "Big5", confidence: 0.9)
        #expect(try catalog.setEncodings([.init(digest: digests[1], hint: hint, confidence: 0.9)]) == 1)
        #expect(try catalog.setEncodings([.init(digest: digests[1], hint: hint, confidence: 0.9)]) == 0)
        #expect(try catalog.encodingHint(of: digests[1]) == hint)
        #expect(try !catalog.hasFiles(below: "nowhere"))
        try catalog.plan(.describe, Array(digests.prefix(2)), version)
        if let job = try catalog.lease(worker: "w", seconds: 60, version) { try catalog.giveBack(job) }
        for _ in 0..<12 { _ = try catalog.lease(worker: "w", seconds: -1, version) }
        try catalog.plan(.describe, Array(digests.prefix(2)), version)
        if let job = try catalog.lease(worker: "v", seconds: 60, version) { _ = try catalog.complete(job, failures: [(job.digests[0], ParsingFailure(.damaged, ""))], version) }
        try catalog.release(worker: "w", died: "x", version)
        try catalog.giveBack(worker: "w")
        try catalog.dropWaiting()
        try catalog.note([Catalog.Listing(folder: "descriptors/p/00", modified: 1, firstByte: digests[1].bytes[0], present: [digests[1]])], of: .described, by: "p")
        try catalog.note([Catalog.Listing(folder: "codes/m/00", modified: 1, firstByte: digests[1].bytes[0], present: [digests[1]])], of: .encoded, by: "m")
        _ = try catalog.listingTimes(below: "codes/m")
        try catalog.forgetListings(except: ["p", "m"])
        for modality in Modality.allCases {
            _ = try (
                catalog.documents(modality), catalog.documents(modality, .encoded, by: "m"), catalog.documents(modality, notDescribedBy: "p"),
                catalog.documents(modality, describedBy: "p", notEncodedBy: "m")
            )
        }
        let place = FileLocation(root: root, path: RawPath(digests[0].hex))
        try catalog.markUnreadable(place, "x")
        try catalog.markChanging(place)
        _ = try (catalog.locations(), catalog.locations(of: digests[0]), catalog.readableLocations(of: digests[0]), catalog.titles(), catalog.outcomes())
        _ = try (catalog.sheet(digests[1]), catalog.size(of: digests[0]), catalog.pageCount(of: digests[0]), catalog.modality(of: digests[0]))
        _ = try (catalog.hasLinks(), catalog.figures(), catalog.borrowers(), catalog.anchors(), catalog.companions())
        try catalog.setLinkedTexts([Catalog.LinkedText(image: digests[0], page: 1, companion: digests[4], number: 0)]) { _ in }
        try catalog.setLinkedTexts([]) { _ in }
        try catalog.setResolved(catalog.borrowers(), titles: [digests[1]: "t"])
        _ = try (catalog.contentsToRecognise("r"), catalog.pages(of: digests[0]), catalog.knowsText(of: digests[0], page: 1, "r"), catalog.pageText(digests[0], page: 1), catalog.recognisedTurn(of: digests[0], page: 1))
        _ = try (catalog.warningCount(), catalog.isIndexStale(), catalog.revision(of: .archive))
        try catalog.markIndexStale()
        try catalog.clearIndexStale()
        try catalog.setMemo("m", "1")
        try catalog.setMemo("m", nil)
        try catalog.setPairs([Pair(sheet: digests[1], image: digests[0], source: .csv)])
        _ = try (catalog.pairs(), catalog.countFates { _, _ in }, catalog.failures(), catalog.retryFailures(reason: nil, path: nil))
        try catalog.recordCrawl(root: root, found: [], gone: [RawPath(digests[5].hex)])
        try catalog.forget(catalog.contentsGone(days: 0))
    }
}
