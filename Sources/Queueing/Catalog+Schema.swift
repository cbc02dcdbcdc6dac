import GRDB

/// The catalog's tables, as a list of steps from an empty file: a released step is never changed.
extension Catalog {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { try $0.execute(sql: first) }
        migrator.registerMigration("2") { try $0.execute(sql: second) }
        migrator.registerMigration("3") { try $0.execute(sql: third) }
        return migrator
    }

    /// Digests are 32-byte blobs, paths are blobs, times are RFC 3339 in UTC.
    static let first = """
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
    static let second = """
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

    /// What keeps the cost of a run from growing with the archive, and what remembers from one run to the next.
    private static let third = """
        -- Each parse asks for the texts that its companion gave.
        CREATE INDEX page_text_source ON page_text(source);

        CREATE INDEX file_unreadable ON file(root, path) WHERE state = 'unreadable';
        -- Whether anything borrows, without a look at every fragment.
        CREATE INDEX fragment_borrowed ON fragment(digest) WHERE borrowed IS NOT NULL;

        -- When the last file with the content went, in seconds since 1970; NULL while a file has it.
        ALTER TABLE content ADD COLUMN gone INTEGER;
        UPDATE content SET gone = unixepoch() WHERE NOT EXISTS (SELECT 1 FROM file WHERE file.digest = content.digest);
        -- The extractor whose descriptors, and the model whose codes, lie on disk; NULL for none.
        ALTER TABLE content ADD COLUMN described TEXT;
        ALTER TABLE content ADD COLUMN encoded TEXT;
        CREATE INDEX content_fingerprint ON content(fingerprint, gone);
        CREATE INDEX content_described ON content(outcome, gone, described);
        CREATE INDEX content_encoded ON content(outcome, gone, encoded);
        CREATE INDEX content_gone ON content(gone) WHERE gone IS NOT NULL;
        CREATE TRIGGER file_added AFTER INSERT ON file WHEN NEW.digest IS NOT NULL BEGIN
            INSERT INTO content (digest, size) VALUES (NEW.digest, NEW.size) ON CONFLICT (digest) DO UPDATE SET gone = NULL WHERE gone IS NOT NULL;
        END;
        CREATE TRIGGER file_removed AFTER DELETE ON file WHEN OLD.digest IS NOT NULL BEGIN
            UPDATE content SET gone = unixepoch() WHERE digest = OLD.digest AND NOT EXISTS (SELECT 1 FROM file WHERE file.digest = OLD.digest);
        END;
        CREATE TRIGGER file_changed AFTER UPDATE OF digest ON file WHEN OLD.digest IS NOT NEW.digest BEGIN
            INSERT INTO content (digest, size) SELECT NEW.digest, NEW.size WHERE NEW.digest IS NOT NULL
                ON CONFLICT (digest) DO UPDATE SET gone = NULL WHERE gone IS NOT NULL;
            UPDATE content SET gone = unixepoch() WHERE digest = OLD.digest AND NOT EXISTS (SELECT 1 FROM file WHERE file.digest = OLD.digest);
        END;
        CREATE INDEX pair_sheet ON pair(sheet);
        CREATE INDEX pair_image ON pair(image);

        -- Whether a content wants to be worked on alone: it was in work when a run ended without a word.
        ALTER TABLE job ADD COLUMN alone INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE attempt (stage TEXT NOT NULL, digest BLOB NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (stage, digest)) WITHOUT ROWID;
        DROP INDEX job_state;
        CREATE INDEX job_state ON job(state);
        CREATE INDEX job_lease ON job(lease_until) WHERE state = 'leased';
        -- Sums over `job`, kept by triggers: counting a million rows five times a second would be the run's main work.
        CREATE TABLE job_total (state TEXT PRIMARY KEY, jobs INTEGER NOT NULL, contents INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO job_total SELECT column1, count(id), coalesce(sum(length(digests)) / 32, 0)
            FROM (VALUES ('waiting'), ('leased'), ('done')) LEFT JOIN job ON state = column1 GROUP BY column1;
        CREATE TRIGGER job_added AFTER INSERT ON job BEGIN
            UPDATE job_total SET jobs = jobs + 1, contents = contents + length(NEW.digests) / 32 WHERE state = NEW.state;
        END;
        CREATE TRIGGER job_removed AFTER DELETE ON job BEGIN
            UPDATE job_total SET jobs = jobs - 1, contents = contents - length(OLD.digests) / 32 WHERE state = OLD.state;
        END;
        CREATE TRIGGER job_moved AFTER UPDATE OF state ON job WHEN OLD.state <> NEW.state BEGIN
            UPDATE job_total SET jobs = jobs - 1, contents = contents - length(OLD.digests) / 32 WHERE state = OLD.state;
            UPDATE job_total SET jobs = jobs + 1, contents = contents + length(NEW.digests) / 32 WHERE state = NEW.state;
        END;

        -- Digests of a crawl that is not done yet, so that one that was stopped goes on.
        CREATE TABLE crawled (
            root INTEGER NOT NULL, path BLOB NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL,
            inode INTEGER NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (root, path)) WITHOUT ROWID;
        -- What texts without a declaration say about their encodings (an EncodingEvidence), and the encoding that they have by their folder;
        -- NULL where each text decides for itself.
        CREATE TABLE encoding_evidence (digest BLOB PRIMARY KEY, scores TEXT NOT NULL, hint TEXT, confidence REAL) WITHOUT ROWID;
        -- When folders of descriptors and codes last changed, as the catalog has seen them, and the extractor or model that fills them.
        CREATE TABLE listing (folder TEXT PRIMARY KEY, maker TEXT NOT NULL, modified INTEGER NOT NULL) WITHOUT ROWID;
        -- What steps were last done for, and how often what they depend on has changed.
        CREATE TABLE memo (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        """
}
