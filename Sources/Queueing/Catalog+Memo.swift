import GRDB

/// What steps were last done for, so that a night without changes asks one question where it would do all over again.
extension Catalog {
    /// What is counted when it changes.
    public enum Subject: String, Sendable {
        /// Files, and what was read in them.
        case archive
        /// Which descriptors, and which codes, there are.
        case described, encoded
        case pairs
    }

    /// Changes whenever the subject does: what is derived from it is the same as long as this is.
    public func revision(of subject: Subject) throws -> String { "\(subject.rawValue) \(try memo(subject.rawValue) ?? "0")" }

    /// What was noted under `name`; `nil` for nothing.
    public func memo(_ name: String) throws -> String? {
        try database.read { try String.fetchOne($0, sql: "SELECT value FROM memo WHERE name = ?", arguments: [name]) }
    }

    /// Notes `value` under `name`; `nil` forgets it.
    public func setMemo(_ name: String, _ value: String?) throws {
        try database.write { database in
            if let value {
                try database.execute(sql: "INSERT INTO memo VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", arguments: [name, value])
            } else {
                try database.execute(sql: "DELETE FROM memo WHERE name = ?", arguments: [name])
            }
        }
    }

    static func countChange(of subject: Subject = .archive, in database: Database) throws {
        try database.execute(sql: "INSERT INTO memo VALUES (?, '1') ON CONFLICT (name) DO UPDATE SET value = value + 1", arguments: [subject.rawValue])
    }
}
