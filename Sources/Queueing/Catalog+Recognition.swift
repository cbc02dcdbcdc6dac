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

    /// Images in the archive with pages whose text is not known: neither from a companion nor read before under `fingerprint`. In digest order.
    public func contentsToRecognise(_ fingerprint: String) throws -> [ContentDigest] {
        try database.read { database in
            try Data.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT page.digest FROM page JOIN content ON content.digest = page.digest
                    LEFT JOIN page_text AS known ON known.digest = page.digest AND known.page = page.number
                    WHERE content.outcome = 'image' AND (known.digest IS NULL OR (known.source IS NULL AND known.fingerprint IS NOT ?))
                    AND EXISTS (SELECT 1 FROM file WHERE file.digest = page.digest) ORDER BY page.digest
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

    /// Whether a page's text is known, under `fingerprint` where it was read here.
    public func knowsText(of digest: ContentDigest, page: Int, _ fingerprint: String) throws -> Bool {
        try database.read { database in
            try Bool.fetchOne(
                database,
                sql: "SELECT EXISTS (SELECT 1 FROM page_text WHERE digest = ? AND page = ? AND (source IS NOT NULL OR fingerprint = ?))",
                arguments: [digest.data, page, fingerprint]) ?? false
        }
    }

    /// Completes a job of reading and records the texts, both or neither; `false` when the lease was lost.
    public func complete(_ job: Job, recognised: [RecognisedPage], _ fingerprint: String) throws -> Bool {
        try completing(job) { database in
            for page in recognised { try Self.record(page, fingerprint, in: database) }
        }
    }

    /// A content whose reading kills the engine has no text; it stays an image for all other purposes.
    static func giveUpReading(_ digest: ContentDigest, _ fingerprint: String, in database: Database) throws {
        let pages = try Int.fetchAll(database, sql: "SELECT number FROM page WHERE digest = ?", arguments: [digest.data])
        for page in pages {
            try record(RecognisedPage(digest: digest, page: page, text: PageText(source: .ocr, lines: [])), fingerprint, in: database)
        }
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
