public import Documents
import Foundation
import GRDB

/// What files say about each other.
extension Catalog {
    /// A figure that a sheet refers to.
    public struct Figure: Sendable {
        public var sheet: ContentDigest
        public var reference: FigureReference
    }

    /// A fragment with marks of borrowed texts.
    public struct Borrower: Sendable {
        public var sheet: ContentDigest
        public var number: Int
        public var fragment: Fragment
        /// What its text became when links were followed last.
        public var resolved: String?
    }

    /// Figure references of all sheets in the archive, in digest and reading order.
    public func figures() throws -> [Figure] {
        try inArchive("figure", order: "digest, number") { row in
            Figure(
                sheet: ContentDigest(column: row["digest"]),
                reference: FigureReference(target: row["target"], isKey: row["by_key"], name: row["name"], place: TextPlace(column: row["place"])))
        }
    }

    /// Fragments that borrow, of all sheets in the archive, in digest and reading order.
    public func borrowers() throws -> [Borrower] {
        try inArchive("fragment", where: "borrowed IS NOT NULL", order: "digest, number") { row in
            Borrower(
                sheet: ContentDigest(column: row["digest"]), number: row["number"],
                fragment: Fragment(
                    kind: Fragment.Kind(rawValue: row["kind"]) ?? .paragraph, place: TextPlace(column: row["place"]), text: row["text"],
                    borrowed: try JSON.value([BorrowedText].self, row["borrowed"])),
                resolved: row["resolved"])
        }
    }

    /// What the sheets of the archive lend, by content and name.
    public func anchors() throws -> [ContentDigest: [String: TextAnchor]] {
        let rows = try inArchive("anchor", order: "digest, name") { row in
            (
                ContentDigest(column: row["digest"]),
                TextAnchor(name: row["name"], text: row["text"], borrowed: try (row["borrowed"] as String?).map { try JSON.value([BorrowedText].self, $0) } ?? [])
            )
        }
        var anchors: [ContentDigest: [String: TextAnchor]] = [:]
        for (digest, anchor) in rows { anchors[digest, default: [:]][anchor.name] = anchor }
        return anchors
    }

    /// What a companion says about other files, without the texts themselves.
    public struct CompanionLinks: Sendable {
        public struct Transcript: Sendable {
            public var image: String?
            /// From 1, among the pages of the image file.
            public var page: Int
            public var lineCount: Int
        }

        public var digest: ContentDigest
        public var kind: Companion.Kind
        public var transcripts: [Transcript] = []
        public var files: [ListedFile] = []
        public var keys: [KeyDefinition] = []
    }

    /// The companions in the archive, in digest order.
    public func companions() throws -> [CompanionLinks] {
        var companions = try inArchive("companion", order: "digest") { row in
            CompanionLinks(digest: ContentDigest(column: row["digest"]), kind: Companion.Kind(rawValue: row["kind"]) ?? .mets)
        }
        let places = Dictionary(uniqueKeysWithValues: companions.enumerated().map { ($0.element.digest, $0.offset) })
        func each(_ columns: String, of table: String, _ take: (inout CompanionLinks, Row) -> Void) throws {
            _ = try inArchive(table, columns: "digest, \(columns)", order: "digest, number") { row in
                if let place = places[ContentDigest(column: row["digest"])] { take(&companions[place], row) }
            }
        }
        try each("image, page, lines", of: "transcript") { $0.transcripts.append(.init(image: $1["image"], page: $1["page"], lineCount: $1["lines"])) }
        try each("*", of: "listed") {
            $0.files.append(Self.listed($1))
        }
        try each("*", of: "key_definition") { $0.keys.append(KeyDefinition(name: $1["name"], target: $1["target"], text: $1["text"])) }
        return companions
    }

    /// The files that sheets of the archive are put together from, in digest and reading order.
    public func parts() throws -> [(sheet: ContentDigest, file: ListedFile)] {
        try inArchive("listed", where: "EXISTS (SELECT 1 FROM sheet WHERE sheet.digest = listed.digest)", order: "digest, number") {
            (ContentDigest(column: $0["digest"]), Self.listed($0))
        }
    }

    func insert(_ companion: Companion, _ digest: Data, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO companion VALUES (?, ?, ?, ?)", arguments: [digest, companion.kind.rawValue, companion.encoding, companion.title])
        for (number, page) in companion.pages.enumerated() {
            try database.execute(
                sql: "INSERT INTO transcript VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [digest, number, page.image, page.page, page.text.lines.count, try JSON.text(page.text)])
        }
        try insert(companion.files, digest, in: database)
        for (number, key) in companion.keys.enumerated() {
            try database.execute(sql: "INSERT INTO key_definition VALUES (?, ?, ?, ?, ?)", arguments: [digest, number, key.name, key.target, key.text])
        }
    }

    func insert(_ files: [ListedFile], _ digest: Data, in database: Database) throws {
        for (number, file) in files.enumerated() {
            try database.execute(
                sql: "INSERT INTO listed VALUES (?, ?, ?, ?, ?, ?)", arguments: [digest, number, file.target, file.mediaType, file.page, file.place.column])
        }
    }

    private static func listed(_ row: Row) -> ListedFile {
        ListedFile(target: row["target"], mediaType: row["media_type"], page: row["page"], place: TextPlace(column: row["place"]))
    }

    /// Whether any file of the archive speaks of another, figures aside.
    public func hasLinks() throws -> Bool {
        try database.read { database in
            try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM companion) OR EXISTS (SELECT 1 FROM fragment WHERE borrowed IS NOT NULL)") ?? false
        }
    }

    /// What became of each content that was parsed: `sheet`, `image`, `companion`, `unsupported` or `quarantined`.
    public func outcomes() throws -> [ContentDigest: String] {
        let rows = try inArchive("content", where: "outcome IS NOT NULL", order: "digest") { (ContentDigest(column: $0["digest"]), $0["outcome"] as String) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    private func inArchive<Value>(
        _ table: String, columns: String = "*", where condition: String = "TRUE", order: String, _ value: (Row) throws -> Value
    ) throws -> [Value] {
        try database.read { database in
            let sql = "SELECT \(columns) FROM \(table) WHERE \(condition) AND EXISTS (SELECT 1 FROM file WHERE file.digest = \(table).digest) ORDER BY \(order)"
            var values: [Value] = []
            let rows = try Row.fetchCursor(database, sql: sql)
            while let row = try rows.next() { values.append(try value(row)) }
            return values
        }
    }
}

/// What following the links gave.
extension Catalog {
    /// The transcript that is the text view of one page image.
    public struct LinkedText: Hashable, Sendable {
        public var image: ContentDigest
        /// From 1.
        public var page: Int
        public var companion: ContentDigest
        /// From 0, among the companion's transcripts.
        public var number: Int

        public init(image: ContentDigest, page: Int, companion: ContentDigest, number: Int) {
            self.image = image
            self.page = page
            self.companion = companion
            self.number = number
        }
    }

    /// Sets what borrowing fragments say now, and titles with them. The index is marked stale in the same transaction.
    public func setResolved(_ fragments: [Borrower], titles: [ContentDigest: String]) throws {
        guard !fragments.isEmpty else { return }
        try database.write { database in
            for fragment in fragments {
                try database.execute(
                    sql: "UPDATE fragment SET resolved = ? WHERE digest = ? AND number = ?",
                    arguments: [fragment.resolved, fragment.sheet.data, fragment.number])
            }
            for (sheet, title) in titles {
                try database.execute(sql: "UPDATE sheet SET title = ? WHERE digest = ?", arguments: [title, sheet.data])
            }
            try database.execute(sql: "INSERT OR IGNORE INTO mark VALUES ('index-stale')")
            try Self.countChange(in: database)
        }
    }

    public func markIndexStale() throws {
        try database.write { try $0.execute(sql: "INSERT OR IGNORE INTO mark VALUES ('index-stale')") }
    }

    /// Whether codes in the snapshot may be older than those on disk.
    public func isIndexStale() throws -> Bool {
        try database.read { try Bool.fetchOne($0, sql: "SELECT EXISTS (SELECT 1 FROM mark WHERE name = 'index-stale')") ?? false }
    }

    public func clearIndexStale() throws {
        try database.write { try $0.execute(sql: "DELETE FROM mark WHERE name = 'index-stale'") }
    }

    /// Makes these the texts that companions give to pages; what was recognised here stays where no companion knows better.
    ///
    /// A page that could be read here only turned is not known to be so any more: of its image `forget` has to forget what was made of the
    /// turned one.
    public func setLinkedTexts(_ texts: [LinkedText], forget: (ContentDigest) throws -> Void) throws {
        let wanted = Set(texts)
        try database.write { database in
            let rows = try Row.fetchAll(database, sql: "SELECT digest, page, source, number FROM page_text WHERE source IS NOT NULL")
            let known = Set(rows.map {
                LinkedText(image: ContentDigest(column: $0["digest"]), page: $0["page"], companion: ContentDigest(column: $0["source"]), number: $0["number"])
            })
            for text in known.subtracting(wanted) {
                try database.execute(sql: "DELETE FROM page_text WHERE digest = ? AND page = ?", arguments: [text.image.data, text.page])
            }
            for text in wanted.subtracting(known) {
                if try Self.recognisedTurn(of: text.image, page: text.page, in: database) != 0 {
                    try database.execute(sql: "INSERT OR IGNORE INTO mark VALUES ('index-stale')")
                    try forget(text.image)
                }
                try database.execute(
                    sql: """
                        INSERT OR REPLACE INTO page_text (digest, page, source, number, text)
                        SELECT ?, ?, digest, number, text FROM transcript WHERE digest = ? AND number = ?
                        """, arguments: [text.image.data, text.page, text.companion.data, text.number])
            }
        }
    }

    /// The text view of a page; `nil` when nothing is known.
    public func pageText(_ digest: ContentDigest, page: Int) throws -> PageText? {
        try database.read { database in
            try String.fetchOne(database, sql: "SELECT text FROM page_text WHERE digest = ? AND page = ?", arguments: [digest.data, page])
                .map { try JSON.value(PageText.self, $0) }
        }
    }
}
