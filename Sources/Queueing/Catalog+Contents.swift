public import Documents
import Foundation
import GRDB

/// What parsing made of one content.
public struct ParsedContent: Sendable {
    public var digest: ContentDigest
    /// The fingerprint of the reader that took or refused it; `nil` when no reader saw it.
    public var reader: String?
    public var result: Result<Document, ParsingFailure>
    /// What its bytes say about their encoding, where nothing else told it.
    public var evidence: EncodingEvidence?

    public init(digest: ContentDigest, reader: String?, result: Result<Document, ParsingFailure>, evidence: EncodingEvidence? = nil) {
        self.digest = digest
        self.reader = reader
        self.result = result
        self.evidence = evidence
    }
}

/// Contents: what parsing made of them.
extension Catalog {
    /// Contents with a readable file that have not been parsed under `version`, in digest order.
    public func contentsToParse(_ version: ParsingVersion) throws -> [ContentDigest] {
        let valid = Set(version.valid)
        return try database.read { database in
            var digests = try Data.fetchAll(database, sql: "SELECT digest FROM content WHERE fingerprint IS NULL AND gone IS NULL AND \(Self.isReadable)")
            // From one mark to the next: there are few, and contents with those in force are not looked at.
            var mark = try String.fetchOne(database, sql: "SELECT min(fingerprint) FROM content")
            while let current = mark {
                if !valid.contains(current) {
                    digests += try Data.fetchAll(
                        database, sql: "SELECT digest FROM content WHERE fingerprint = ? AND gone IS NULL AND \(Self.isReadable)", arguments: [current])
                }
                mark = try String.fetchOne(database, sql: "SELECT min(fingerprint) FROM content WHERE fingerprint > ?", arguments: [current])
            }
            return digests.map { ContentDigest(column: $0) }.sorted()
        }
    }

    /// Whether the bytes of a row of `content` can be had: a job without them would be done in vain, every night.
    static let isReadable = "EXISTS (SELECT 1 FROM file WHERE file.digest = content.digest AND file.state = 'read')"

    /// Remembers the encodings that the user names for folders; when they are others than before, the texts of all these folders are
    /// parsed anew. `folders`: those of now.
    public func noteEncodings(_ text: String, folders: [String]) throws {
        let prefix = "encodings "
        try database.write { database in
            let before = try String.fetchOne(database, sql: "SELECT name FROM mark WHERE name LIKE 'encodings %'").map { String($0.dropFirst(prefix.count)) } ?? ""
            guard before != text else { return }
            let old = before.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
            for folder in Set(folders + old) {
                try database.execute(
                    sql: """
                        UPDATE content SET fingerprint = NULL WHERE outcome IS NOT 'image' AND digest IN
                        (SELECT digest FROM file WHERE ? = '' OR substr(key, 1, length(?)) = ?)
                        """, arguments: [folder, folder + "/", folder + "/"])
            }
            try database.execute(sql: "DELETE FROM mark WHERE name LIKE 'encodings %'")
            if !text.isEmpty { try database.execute(sql: "INSERT INTO mark VALUES (?)", arguments: [prefix + text]) }
            try Self.countChange(in: database)
        }
    }

    /// Contents in the archive that are documents of that modality, in digest order, with their page counts (1 for a sheet).
    public func documents(_ modality: Modality) throws -> [(digest: ContentDigest, pages: Int)] {
        try database.read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT digest, pages FROM content WHERE outcome = ? AND gone IS NULL ORDER BY digest", arguments: [modality.rawValue]
            ).map { (ContentDigest(column: $0[0]), $0[1]) }
        }
    }

    public func modality(of digest: ContentDigest) throws -> Modality? {
        try database.read { database in
            try String.fetchOne(database, sql: "SELECT outcome FROM content WHERE digest = ?", arguments: [digest.data])
                .flatMap(Modality.init(rawValue:))
        }
    }

    /// Pages of a content that is images, 1 for a sheet, 0 for anything else.
    public func pageCount(of digest: ContentDigest) throws -> Int {
        try database.read { database in
            try Int.fetchOne(database, sql: "SELECT pages FROM content WHERE digest = ?", arguments: [digest.data]) ?? 0
        }
    }

    /// Bytes of a content; `nil` when no crawl has met it.
    public func size(of digest: ContentDigest) throws -> Int? {
        try database.read { try Int.fetchOne($0, sql: "SELECT size FROM content WHERE digest = ?", arguments: [digest.data]) }
    }

    /// The fingerprint of the reader that made a document of the content.
    func reader(of digest: ContentDigest, in database: Database) throws -> String? {
        try String.fetchOne(database, sql: "SELECT fingerprint FROM content WHERE digest = ?", arguments: [digest.data])
    }

    /// Replaces what is recorded of each content, within the caller's transaction.
    func record(_ contents: [ParsedContent], _ version: ParsingVersion, in database: Database) throws {
        if !contents.isEmpty { try Self.countChange(in: database) }
        for content in contents {
            let digest = content.digest.data
            for table in Self.tablesOfContents where !["page_text", "failure", "encoding_evidence"].contains(table) {
                try database.execute(sql: "DELETE FROM \(table) WHERE digest = ?", arguments: [digest])
            }
            // Page texts that were taken from an earlier reading; following the links takes them anew.
            try database.execute(sql: "DELETE FROM page_text WHERE source = ?", arguments: [digest])
            try record(content.evidence, digest, in: database)
            let outcome: String
            var pages = 0
            var mark = content.reader
            switch content.result {
            case .success(.sheet(let sheet)):
                outcome = Modality.sheet.rawValue
                pages = 1
                try insert(sheet, digest, in: database)
            case .success(.images(let images)):
                outcome = Modality.image.rawValue
                pages = images.count
                for page in images {
                    try database.execute(
                        sql: "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        arguments: [
                            digest, page.number, page.storedWidth, page.storedHeight, page.orientation, page.encoding, page.warning?.code.rawValue,
                            page.warning?.message, page.dotsPerInch,
                        ])
                }
            case .success(.companion(let companion)):
                outcome = "companion"
                try insert(companion, digest, in: database)
            case .failure(let failure):
                outcome = try record(failure, of: content.digest, stage: "parse", in: database)
                mark = content.reader.flatMap { version.mark($0, for: failure) }
            }
            if case .success = content.result {
                // A page that could not be read has no text after this either.
                try database.execute(sql: "DELETE FROM failure WHERE digest = ? AND stage <> 'recognise'", arguments: [digest])
            }
            try database.execute(
                sql: "UPDATE content SET fingerprint = ?, outcome = ?, pages = ? WHERE digest = ?",
                arguments: [mark, outcome, pages, digest])
        }
    }

    /// Writes a failure row and answers the content's outcome.
    @discardableResult
    func record(_ failure: ParsingFailure, of digest: ContentDigest, stage: String, attempts: Int = 1, in database: Database) throws -> String {
        let now = Date.now.formatted(.iso8601)
        try database.execute(
            sql: """
                INSERT INTO failure (digest, stage, page, reason, message, attempts, first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (digest) DO UPDATE SET stage = excluded.stage, page = excluded.page, reason = excluded.reason,
                message = excluded.message, attempts = failure.attempts + excluded.attempts, last_seen = excluded.last_seen
                """,
            arguments: [digest.data, stage, failure.page, failure.reason.rawValue, failure.message, attempts, now, now])
        return failure.reason.isUnsupported ? "unsupported" : "quarantined"
    }

    private func insert(_ sheet: Sheet, _ digest: Data, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO sheet VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                digest, sheet.format.rawValue, sheet.encoding, sheet.title, sheet.language,
                sheet.identifiers.joined(separator: "\n"), sheet.encodingConfidence,
            ])
        for (number, fragment) in sheet.fragments.enumerated() {
            try database.execute(
                sql: "INSERT INTO fragment (digest, number, kind, place, text, borrowed) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    digest, number, fragment.kind.rawValue, fragment.place.column, fragment.text,
                    fragment.borrowed.isEmpty ? nil : try JSON.text(fragment.borrowed),
                ])
        }
        for (number, figure) in sheet.figures.enumerated() {
            try database.execute(
                sql: "INSERT INTO figure VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [digest, number, figure.target, figure.place.column, figure.isKey, figure.name])
        }
        try insert(sheet.parts, digest, in: database)
        for anchor in sheet.anchors {
            // An identifier that stands twice is an error in the sheet; the first one counts.
            try database.execute(
                sql: "INSERT OR IGNORE INTO anchor VALUES (?, ?, ?, ?)",
                arguments: [digest, anchor.name, anchor.text, anchor.borrowed.isEmpty ? nil : try JSON.text(anchor.borrowed)])
        }
    }

    /// The sheet with the texts that it borrows, without its anchors; `nil` when the content is not one.
    public func sheet(_ digest: ContentDigest) throws -> Sheet? {
        try database.read { database in
            guard let row = try Row.fetchOne(database, sql: "SELECT * FROM sheet WHERE digest = ?", arguments: [digest.data]) else { return nil }
            let fragments = try Row.fetchAll(database, sql: "SELECT * FROM fragment WHERE digest = ? ORDER BY number", arguments: [digest.data])
            let figures = try Row.fetchAll(database, sql: "SELECT * FROM figure WHERE digest = ? ORDER BY number", arguments: [digest.data])
            return Sheet(
                format: Sheet.Format(rawValue: row["format"]) ?? .xml, encoding: row["encoding"],
                encodingConfidence: row["confidence"], title: row["title"], language: row["language"],
                identifiers: (row["identifiers"] as String).split(separator: "\n").map(String.init),
                fragments: fragments.compactMap { row in
                    let text = (row["resolved"] ?? row["text"] as String).withoutMarks
                    // A fragment that is nothing but a text that was not found.
                    guard !text.isEmpty || row["borrowed"] == nil else { return nil }
                    return Fragment(kind: Fragment.Kind(rawValue: row["kind"]) ?? .paragraph, place: TextPlace(column: row["place"]), text: text)
                },
                figures: figures.map { FigureReference(target: $0["target"], isKey: $0["by_key"], name: $0["name"], place: TextPlace(column: $0["place"])) })
        }
    }

    /// Titles of all sheets, by content.
    public func titles() throws -> [ContentDigest: String] {
        try database.read { database in
            let rows = try Row.fetchAll(database, sql: "SELECT digest, title FROM sheet")
            return Dictionary(uniqueKeysWithValues: rows.map { (ContentDigest(column: $0["digest"]), $0["title"]) })
        }
    }
}

extension TextPlace {
    var column: String {
        switch self {
        case .xpath(let path): path
        case .lines(let first, let last): "\(first)-\(last)"
        }
    }

    init(column: String) {
        let ends = column.split(separator: "-").compactMap { Int($0) }
        self = !column.hasPrefix("/") && ends.count == 2 ? .lines(first: ends[0], last: ends[1]) : .xpath(column)
    }
}

extension String {
    /// What is left of a text when a borrowed part was not found.
    fileprivate var withoutMarks: String {
        guard unicodeScalars.contains(BorrowedText.mark) else { return self }
        return replacing(String(BorrowedText.mark), with: " ").split(separator: " ").joined(separator: " ")
    }
}
