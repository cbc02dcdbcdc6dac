public import Documents
import Foundation
import GRDB

/// The text of pages, recognised from their pixels.
extension Catalog {
    /// A page that was read; a text without lines says that nothing legible stands there.
    public struct RecognisedPage: Sendable {
        public var digest: ContentDigest
        /// From 1.
        public var page: Int
        public var text: PageText

        public init(digest: ContentDigest, page: Int, text: PageText) {
            self.digest = digest
            self.page = page
            self.text = text
        }
    }

    /// Images with a readable file and pages whose text is not known: neither from a companion nor read before under `fingerprint`. In digest order.
    public func contentsToRecognise(_ fingerprint: String) throws -> [ContentDigest] {
        try database.read { database in
            try Data.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT page.digest FROM page JOIN content ON content.digest = page.digest
                    LEFT JOIN page_text AS known ON known.digest = page.digest AND known.page = page.number
                    WHERE content.outcome = 'image' AND (known.digest IS NULL OR (known.source IS NULL AND known.fingerprint IS NOT ?))
                    AND \(Self.isReadable) ORDER BY page.digest
                    """, arguments: [fingerprint]
            ).map { ContentDigest(column: $0) }
        }
    }

    /// The pages of an image, as parsing found them.
    public func pages(of digest: ContentDigest) throws -> [PageImage] {
        try database.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM page WHERE digest = ? ORDER BY number", arguments: [digest.data]).map { row in
                PageImage(
                    number: row["number"], storedWidth: row["width"], storedHeight: row["height"], orientation: row["orientation"],
                    encoding: row["encoding"], dotsPerInch: row["dots_per_inch"],
                    warning: (row["warning"] as String?).flatMap(PageWarning.Code.init(rawValue:)).map { PageWarning($0, row["warning_message"]) })
            }
        }
    }

    /// Pages in the archive that were kept although something is wrong with them.
    public func warningCount() throws -> Int {
        try database.read { database in
            try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM page WHERE warning IS NOT NULL AND EXISTS (SELECT 1 FROM file WHERE file.digest = page.digest)") ?? 0
        }
    }

    /// Whether a page's text is known, under `fingerprint` where it was read here.
    public func knowsText(of digest: ContentDigest, page: Int, _ fingerprint: String) throws -> Bool {
        try database.read { database in
            try Bool.fetchOne(
                database,
                sql: "SELECT EXISTS (SELECT 1 FROM page_text WHERE digest = ? AND page = ? AND (source IS NOT NULL OR fingerprint = ?))",
                arguments: [digest.data, page, fingerprint]) ?? false
        }
    }

    /// Quarter turns clockwise after which a page could be read here; 0 where it was not, or a companion has its text.
    public func recognisedTurn(of digest: ContentDigest, page: Int) throws -> Int {
        try database.read { try Self.recognisedTurn(of: digest, page: page, in: $0) }
    }

    static func recognisedTurn(of digest: ContentDigest, page: Int, in database: Database) throws -> Int {
        let text = try String.fetchOne(
            database, sql: "SELECT text FROM page_text WHERE digest = ? AND page = ? AND source IS NULL", arguments: [digest.data, page])
        return try text.flatMap { try JSON.value(PageText.self, $0).turn } ?? 0
    }

    /// Records the text of a page while its job goes on; `false` when the lease was lost.
    public func keep(_ page: RecognisedPage, of job: Job, _ fingerprint: String) throws -> Bool {
        try database.write { database in
            let isHeld = try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM job WHERE id = ? AND token = ? AND state = 'leased')", arguments: [job.id, job.token])
            guard isHeld ?? false else { return false }
            try Self.record(page, fingerprint, in: database)
            try database.execute(
                sql: "DELETE FROM failure WHERE digest = ? AND stage = 'recognise' AND page = ?", arguments: [page.digest.data, page.page])
            return true
        }
    }

    /// The page whose reading kills the engine has no text; the image stays one for all other purposes, its other pages for the next run.
    /// Answers which page it is.
    static func giveUpReading(_ digest: ContentDigest, _ fingerprint: String, in database: Database) throws -> Int? {
        let page = try Int.fetchOne(
            database,
            sql: """
                SELECT number FROM page WHERE digest = ? AND NOT EXISTS (SELECT 1 FROM page_text AS known WHERE known.digest = page.digest
                AND known.page = page.number AND (known.source IS NOT NULL OR known.fingerprint = ?)) ORDER BY number LIMIT 1
                """, arguments: [digest.data, fingerprint])
        if let page {
            try record(RecognisedPage(digest: digest, page: page, text: PageText(source: .ocr, lines: [])), fingerprint, in: database)
        }
        return page
    }

    private static func record(_ page: RecognisedPage, _ fingerprint: String, in database: Database) throws {
        // What a companion says meanwhile is better.
        try database.execute(
            sql: """
                INSERT INTO page_text (digest, page, text, fingerprint) VALUES (?, ?, ?, ?)
                ON CONFLICT (digest, page) DO UPDATE SET text = excluded.text, fingerprint = excluded.fingerprint WHERE source IS NULL
                """, arguments: [page.digest.data, page.page, try JSON.text(page.text), fingerprint])
    }
}
