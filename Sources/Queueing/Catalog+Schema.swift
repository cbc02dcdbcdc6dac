import GRDB

/// The catalog's tables, as a list of steps from an empty file: a released step is never changed.
extension Catalog {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { try $0.execute(sql: first) }
        migrator.registerMigration("2") { try $0.execute(sql: second) }
        return migrator
    }

    /// Digests are 32-byte blobs, paths are blobs, times are RFC 3339 in UTC.
    private static let first = """
        CREATE TABLE root (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE);
        CREATE TABLE file (
            root INTEGER NOT NULL REFERENCES root(id), path BLOB NOT NULL, key TEXT NOT NULL,
            size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL, inode INTEGER NOT NULL,
            digest BLOB, state TEXT NOT NULL, message TEXT,
            PRIMARY KEY (root, path)) WITHOUT ROWID;
        CREATE INDEX file_digest ON file(digest);
        CREATE TABLE content (
            digest BLOB PRIMARY KEY, size INTEGER NOT NULL,
            fingerprint TEXT, outcome TEXT, pages INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        CREATE TABLE sheet (
            digest BLOB PRIMARY KEY, format TEXT NOT NULL, encoding TEXT NOT NULL, title TEXT NOT NULL,
            language TEXT, identifiers TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE fragment (
            digest BLOB NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, place TEXT NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (digest, number)) WITHOUT ROWID;
        CREATE TABLE figure (
            digest BLOB NOT NULL, number INTEGER NOT NULL, target TEXT NOT NULL, place TEXT NOT NULL,
            PRIMARY KEY (digest, number)) WITHOUT ROWID;
        CREATE TABLE page (
            digest BLOB NOT NULL, number INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
            orientation INTEGER NOT NULL, encoding TEXT NOT NULL, PRIMARY KEY (digest, number)) WITHOUT ROWID;
        CREATE TABLE failure (
            digest BLOB PRIMARY KEY, stage TEXT NOT NULL, page INTEGER, reason TEXT NOT NULL, message TEXT NOT NULL,
            attempts INTEGER NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE pair (
            sheet BLOB NOT NULL, image BLOB NOT NULL, page INTEGER, source TEXT NOT NULL, weight REAL NOT NULL);
        -- AUTOINCREMENT: a job number is never given twice, so that a token of a deleted job fits no later one.
        CREATE TABLE job (
            id INTEGER PRIMARY KEY AUTOINCREMENT, stage TEXT NOT NULL, digests BLOB NOT NULL, state TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0, token INTEGER NOT NULL DEFAULT 0, worker TEXT, lease_until REAL);
        CREATE INDEX job_state ON job(state, stage);
        """

    /// What files say about each other, and about themselves beside their text.
    private static let second = """
        -- Files about other files, and what they say: texts of pages (a PageText as JSON), files of pages, keys.
        CREATE TABLE companion (digest BLOB PRIMARY KEY, kind TEXT NOT NULL, encoding TEXT NOT NULL, title TEXT) WITHOUT ROWID;
        CREATE TABLE transcript (
            digest BLOB NOT NULL, number INTEGER NOT NULL, image TEXT, page INTEGER NOT NULL, lines INTEGER NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (digest, number)) WITHOUT ROWID;
        CREATE TABLE listed (
            digest BLOB NOT NULL, number INTEGER NOT NULL, target TEXT NOT NULL, media_type TEXT, page TEXT, place TEXT NOT NULL,
            PRIMARY KEY (digest, number)) WITHOUT ROWID;
        CREATE TABLE key_definition (
            digest BLOB NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, target TEXT, text TEXT, PRIMARY KEY (digest, number)) WITHOUT ROWID;
        -- Parts of sheets that others borrow; `borrowed` is a JSON list, NULL when the text holds no mark.
        CREATE TABLE anchor (digest BLOB NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, borrowed TEXT, PRIMARY KEY (digest, name)) WITHOUT ROWID;
        ALTER TABLE fragment ADD COLUMN borrowed TEXT;
        -- The text with what it borrows; NULL until the links were followed.
        ALTER TABLE fragment ADD COLUMN resolved TEXT;
        ALTER TABLE figure ADD COLUMN by_key INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE figure ADD COLUMN name TEXT;
        -- The text view of a page image: a PageText as JSON, with the companion and the transcript that it comes from, or, where it was
        -- recognised here, with what that depended on.
        CREATE TABLE page_text (
            digest BLOB NOT NULL, page INTEGER NOT NULL, source BLOB, number INTEGER, text TEXT NOT NULL, fingerprint TEXT,
            PRIMARY KEY (digest, page)) WITHOUT ROWID;
        -- How sure the encoding is, 0 to 1.
        ALTER TABLE sheet ADD COLUMN confidence REAL NOT NULL DEFAULT 1;
        -- What is wrong with a page that was kept all the same.
        ALTER TABLE page ADD COLUMN warning TEXT;
        ALTER TABLE page ADD COLUMN warning_message TEXT;
        -- As the file claims.
        ALTER TABLE page ADD COLUMN dots_per_inch INTEGER;
        -- Things to remember from one run to the next.
        CREATE TABLE mark (name TEXT PRIMARY KEY) WITHOUT ROWID;
        """
}
