import GRDB

/// What steps were last done for, so that a night without changes asks one question where it would do all over again.
extension Catalog {
    /// Changes whenever a file, or what was read in one, changes: what is derived from both is the same as long as this is.
    public func revision() throws -> String { try memo("revision") ?? "" }

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

    static func countChange(in database: Database) throws {
        try database.execute(sql: "UPDATE memo SET value = value + 1 WHERE name = 'revision'")
    }
}
