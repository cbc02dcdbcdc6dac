public import Documents
import Foundation
import GRDB

/// What texts say about their encodings, and what was decided over their folders.
extension Catalog {
    /// A text whose encoding nothing but its bytes tells.
    public struct UndeclaredText: Sendable {
        public var digest: ContentDigest
        /// Where its first file lies.
        public var location: FileLocation
        public var evidence: EncodingEvidence
        /// What was last decided over it; `nil` where the text decides for itself.
        public var hint: EncodingHint?
    }

    /// All such texts in the archive, in digest order.
    public func undeclaredTexts() throws -> [UndeclaredText] {
        try database.read { database in
            var texts: [UndeclaredText] = []
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT e.digest, e.scores, e.hint, e.confidence, file.root, file.path FROM encoding_evidence e CROSS JOIN file ON file.digest = e.digest
                    ORDER BY e.digest, file.root, file.path
                    """)
            while let row = try rows.next() {
                let digest = ContentDigest(column: row["digest"])
                guard texts.last?.digest != digest, let evidence = EncodingEvidence(row["scores"] as String) else { continue }
                texts.append(
                    UndeclaredText(
                        digest: digest, location: FileLocation(root: row["root"], path: RawPath(bytes: row["path"] as Data)), evidence: evidence, hint: Self.hint(row)))
            }
            return texts
        }
    }

    /// The encoding that a content has by its folder; `nil` where the text decides for itself.
    public func encodingHint(of digest: ContentDigest) throws -> EncodingHint? {
        try database.read { database in
            try Row.fetchOne(database, sql: "SELECT hint, confidence FROM encoding_evidence WHERE digest = ?", arguments: [digest.data]).flatMap(Self.hint)
        }
    }

    /// Whether a file lies below a folder of any root; `folder` as `RawPath.key` has it, without `/` at the ends.
    public func hasFiles(below folder: String) throws -> Bool {
        try database.read { database in
            let (first, last) = (Data("\(folder)/".utf8), Data("\(folder)0".utf8))
            for root in try Int64.fetchAll(database, sql: "SELECT id FROM root") {
                let isThere = try Bool.fetchOne(
                    database, sql: "SELECT EXISTS (SELECT 1 FROM file WHERE root = ? AND path >= ? AND path < ?)", arguments: [root, first, last])
                if isThere ?? false { return true }
            }
            // Names may be written in other characters than the key.
            return try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM file WHERE substr(key, 1, length(?)) = ?)", arguments: [folder + "/", folder + "/"]) ?? false
        }
    }

    /// What was decided over a text together with its folder.
    public struct EncodingDecision: Sendable {
        public var digest: ContentDigest
        public var hint: EncodingHint?
        /// How sure the encoding in which the text is read is; `nil` where it is not read.
        public var confidence: Double?

        public init(digest: ContentDigest, hint: EncodingHint?, confidence: Double?) {
            self.digest = digest
            self.hint = hint
            self.confidence = confidence
        }
    }

    /// Records decisions; texts that are to be read in another encoding than before are parsed anew. Answers how many these are.
    public func setEncodings(_ decisions: [EncodingDecision]) throws -> Int {
        try database.write { database in
            let forget = try database.makeStatement(
                sql: "UPDATE content SET fingerprint = NULL WHERE digest = ? AND NOT EXISTS (SELECT 1 FROM encoding_evidence e WHERE e.digest = content.digest AND e.hint IS ?)")
            let setHint = try database.makeStatement(
                sql: "UPDATE encoding_evidence SET hint = ?, confidence = ? WHERE digest = ? AND (hint IS NOT ? OR confidence IS NOT ?)")
            let setConfidence = try database.makeStatement(sql: "UPDATE sheet SET confidence = ? WHERE digest = ? AND confidence <> ?")
            var changed = 0
            for decision in decisions {
                let (digest, hint) = (decision.digest.data, decision.hint)
                try forget.execute(arguments: [digest, hint?.encoding])
                changed += database.changesCount
                try setHint.execute(arguments: [hint?.encoding, hint?.confidence, digest, hint?.encoding, hint?.confidence])
                if let confidence = decision.confidence { try setConfidence.execute(arguments: [confidence, digest, confidence]) }
            }
            return changed
        }
    }

    private static func hint(_ row: Row) -> EncodingHint? {
        (row["hint"] as String?).map { EncodingHint(encoding: $0, confidence: row["confidence"] ?? 0) }
    }

    /// Keeps what was decided: it holds until the folder is looked at again.
    func record(_ evidence: EncodingEvidence?, _ digest: Data, in database: Database) throws {
        guard let evidence else { return try database.execute(sql: "DELETE FROM encoding_evidence WHERE digest = ?", arguments: [digest]) }
        try database.execute(
            sql: "INSERT INTO encoding_evidence (digest, scores) VALUES (?, ?) ON CONFLICT (digest) DO UPDATE SET scores = excluded.scores",
            arguments: [digest, evidence.description])
    }
}
