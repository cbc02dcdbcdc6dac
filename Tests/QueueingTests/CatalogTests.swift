import Documents
import Foundation
import GRDB
import SystemPackage
import TestSupport
import Testing

@testable import Queueing

@Suite("The catalog")
struct CatalogTests {
    let archive: Archive
    var catalog: Catalog { archive.catalog }

    init() throws { archive = try Archive() }

    @Test("Files come back as recorded, bytes for bytes, replaced and gone as told")
    func crawls() throws {
        var random = SplitMix64(seed: 1)
        let root = try catalog.root(RawPath("/a")), other = try catalog.root(RawPath(bytes: [0x2F, 0xFF]))
        #expect(try catalog.root(RawPath("/a")) == root && root != other)
        #expect(try catalog.roots() == [root: RawPath("/a"), other: RawPath(bytes: [0x2F, 0xFF])])
        var files = ["e\u{301}", "z", "é"].map { file($0, random.digest()) }
        files.append(ArchiveFile(
            path: RawPath(bytes: [0xFF, 0x27]), stamp: FileStamp(size: .max, modified: -1, changed: .min, inode: .max), digest: nil, state: .unreadable,
            message: "words"))
        try catalog.recordCrawl(root: root, found: files.shuffled(), gone: [])
        try catalog.recordCrawl(root: other, found: [files[1]], gone: [])
        #expect(try catalog.files(root: root) == files)
        files[1].digest = random.digest()
        try catalog.recordCrawl(root: root, found: [files[1]], gone: [files[0].path, RawPath("never")])
        #expect(try catalog.files(root: root) == Array(files[1...]))
        #expect(try catalog.files(root: other).count == 1)
        #expect(try archive.another().files(root: root) == Array(files[1...]))
    }

    @Test("NFC and NFD twins are two files with one key")
    func keys() throws {
        #expect(RawPath("e\u{301}") != RawPath("é"))
        #expect(Array(RawPath("e\u{301}").key.utf8) == Array(RawPath("é").key.utf8))
        #expect(RawPath(bytes: [0xE9]).key == #"\xE9"#)
    }

    @Test("Contents are parsed once per fingerprint, and only while a file has them")
    func contentsToParse() throws {
        let digests = try archive.fill(10)
        #expect(try catalog.contentsToParse(version("p")) == digests)
        try archive.parse(Array(digests[..<4]))
        #expect(try catalog.contentsToParse(version("p")) == Array(digests[4...]))
        #expect(try catalog.contentsToParse(version("q")) == digests)
        try catalog.recordCrawl(root: 1, found: [], gone: [RawPath(digests[9].hex), RawPath(digests[0].hex)])
        #expect(try catalog.contentsToParse(version("p")) == Array(digests[4..<9]))
        #expect(try catalog.documents(.image).map(\.digest) == Array(digests[1..<4]))
    }

    @Test("A change of one reader plans the contents that it took or refused, and no others")
    func oneReader() throws {
        let digests = try archive.fill(6)
        let before = version("tiff-1", "html-1", "none-1", "all-1")
        let outcomes: [(String, Result<Document, ParsingFailure>)] = [
            ("tiff-1", .success(page(1))), ("html-1", .success(.sheet(sheet))), ("html-1", .failure(ParsingFailure(.notWellFormed, ""))),
            ("none-1", .failure(ParsingFailure(.unsupportedFormat, ""))), ("tiff-1", .failure(ParsingFailure(.tooLarge, ""))), ("all-1", .success(page(1))),
        ]
        for (digest, (reader, result)) in zip(digests, outcomes) { try archive.parse([digest], result, fingerprint: reader) }
        func planned(_ version: ParsingVersion) throws -> [Int] { try catalog.contentsToParse(version).map { digests.firstIndex(of: $0)! } }
        #expect(try planned(before) == [])
        #expect(try planned(version("tiff-2", "html-1", "none-1", "all-1")) == [0, 4])
        #expect(try planned(version("tiff-1", "html-2", "none-1", "all-1")) == [1, 2])
        #expect(try planned(version("tiff-1", "html-1", "none-2", "all-1")) == [3])
        #expect(try planned(version("tiff-1", "html-1", "none-1", "webp-1")) == [5], "a mark that is not in force any more")
        #expect(try planned(ParsingVersion(marks: before.marks, limits: "m")) == [4], "a limit counts for what it refused")
    }

    @Test("A document that describing refuses keeps its reader's mark; a content that killed its workers has that of all readers")
    func marksOfFailures() throws {
        let digests = try archive.fill(3)
        try archive.parse(Array(digests[..<2]), fingerprint: "tiff-1")
        let now = version("tiff-1", "png-1")
        try catalog.plan(.describe, Array(digests[..<2]), now)
        let job = try #require(try catalog.lease(worker: "w", seconds: 60, now))
        #expect(try catalog.complete(job, failures: [(digest: digests[0], failure: ParsingFailure(.damaged, ""))], now))
        #expect(try catalog.contentsToParse(now) == [digests[2]])
        try catalog.plan(.parse, [digests[2]], now)
        for _ in 1...Catalog.mostAttempts {
            _ = try #require(try catalog.lease(worker: "w", seconds: 60, now))
            try catalog.release(worker: "w", died: "signal 11", now)
        }
        #expect(try catalog.contentsToParse(now).isEmpty)
        #expect(try catalog.contentsToParse(version("tiff-1", "png-2")) == [digests[2]], "any of them may be the one it died in")
        #expect(try catalog.contentsToParse(version("tiff-2", "png-1")) == digests)
    }

    @Test("Copies are one content with several locations, in order")
    func locations() throws {
        let digest = try archive.fill(1)[0]
        let other = try catalog.root(RawPath("/other"))
        try catalog.recordCrawl(root: other, found: [file("b", digest), file("a", digest), file("c", nil, .ignored)], gone: [])
        let places = [FileLocation(root: 1, path: RawPath(digest.hex)), FileLocation(root: other, path: RawPath("a")), FileLocation(root: other, path: RawPath("b"))]
        #expect(try catalog.locations() == [digest: places] && catalog.locations(of: digest) == places)
        #expect(try catalog.contentsToParse(version("p")) == [digest])
        try catalog.markChanging(places[2])
        #expect(try catalog.fates().map(\.fate) == [.pending, .pending, .changing, .ignored], "the copies are as they were")
        for place in places { try catalog.markChanging(place) }
        #expect(try catalog.locations(of: digest) == places, "what was known of them stays")
        #expect(try catalog.fates().map(\.fate) == [.changing, .changing, .changing, .ignored])
    }

    @Test("Every file has one fate, and the failures are those that fates call unsupported, quarantined or unreadable", arguments: 0..<5)
    func fates(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let digests = try archive.fill(30, seed: seed)
        let results: [Result<Document, ParsingFailure>] = [
            .success(page(1, 2)), .success(.sheet(sheet)), .failure(ParsingFailure(.unsupportedFormat, "")), .failure(ParsingFailure(.damaged, "")),
        ]
        for digest in digests.shuffled(using: &random).prefix(20) { try archive.parse([digest], results.randomElement(using: &random)!) }
        let states: [ArchiveFile.State] = [.ignored, .changing, .unreadable]
        try catalog.recordCrawl(root: 1, found: (0..<10).map { file("x\($0)", nil, states.randomElement(using: &random)!) }, gone: [])
        try catalog.recordCrawl(root: try catalog.root(RawPath("/b")), found: digests.prefix(5).map { file($0.hex, $0) }, gone: [])
        func agree() throws {
            let fates = try catalog.fates()
            #expect(fates.count == 45 && Set(fates.map(\.location)).count == 45)
            let failed = fates.filter { [.unsupported, .quarantined, .unreadable].contains($0.fate) }.map(\.location)
            #expect(try catalog.failures().map(\.location) == failed)
            for fate in fates where fate.fate == .document { #expect(try catalog.modality(of: fate.digest!) != nil) }
        }
        try agree()
        _ = try catalog.retryFailures(reason: .damaged, path: nil)
        try agree()
    }

    @Test("Retrying chooses by reason and path, counts contents, and a dry run changes nothing")
    func retry() throws {
        let digests = try archive.fill(4)
        try archive.parse(Array(digests[..<2]), .failure(ParsingFailure(.damaged, "d")))
        try archive.parse([digests[2]], .failure(ParsingFailure(.unsupportedFormat, "u")))
        try archive.parse([digests[3]])
        try catalog.recordCrawl(root: 1, found: [file("copy", digests[0]), file("closed", nil, .unreadable)], gone: [])
        #expect(try catalog.failures().count == 5)
        #expect(try catalog.retryFailures(reason: nil, path: nil, dryRun: true) == 3)
        #expect(try catalog.retryFailures(reason: .damaged, path: nil, dryRun: true) == 2)
        #expect(try catalog.retryFailures(reason: .damaged, path: "co", dryRun: true) == 1)
        #expect(try catalog.retryFailures(reason: .unreadable, path: nil) == 0)
        #expect(try catalog.retryFailures(reason: nil, path: "none") == 0)
        #expect(try catalog.contentsToParse(version("p")).isEmpty)
        #expect(try catalog.retryFailures(reason: .damaged, path: "copy") == 1)
        #expect(try catalog.contentsToParse(version("p")) == [digests[0]])
        #expect(try catalog.retryFailures(reason: .damaged, path: nil, dryRun: true) == 1, "what waits already is not counted again")
        #expect(try catalog.retryFailures(reason: nil, path: nil) == 2)
        #expect(try catalog.contentsToParse(version("p")) == Array(digests[..<3]))
        try archive.parse(Array(digests[..<1]), .failure(ParsingFailure(.truncated, "t")))
        #expect(try catalog.failures().filter { $0.reason == .truncated }.map(\.attempts) == [2, 2], "attempts add up over retries")
        try archive.parse(digests)
        #expect(try catalog.failures().map(\.reason) == [.unreadable])
        try archive.parse([digests[0]], .failure(ParsingFailure(.damaged, "d")), fingerprint: "q")
        #expect(try catalog.failures().map(\.attempts) == [1, 1, 1], "a success forgets the attempts before it")
    }

    @Test("A path to retry is one as it is shown")
    func retryShownPath() throws {
        var random = SplitMix64(seed: 9)
        let digests = [random.digest(), random.digest()].sorted()
        let names = [RawPath(bytes: [0x90, 0x7D] + Array("\\.tif".utf8)), RawPath("b")]
        let files = zip(names, digests).map { name, digest in
            ArchiveFile(path: name, stamp: FileStamp(size: 1, modified: 2, changed: 3, inode: 4), digest: digest, state: .read)
        }
        try catalog.recordCrawl(root: catalog.root(RawPath("/a")), found: files, gone: [])
        try archive.parse([digests[0]], .failure(ParsingFailure(.damaged, "d")))
        try archive.parse([digests[1]], .failure(ParsingFailure(.damaged, "d")))
        #expect(try catalog.retryFailures(reason: nil, path: #"\x90}\\."#, dryRun: true) == 1)
        #expect(try catalog.retryFailures(reason: nil, path: nil, dryRun: true) == 2)
        #expect(try catalog.retryFailures(reason: nil, path: nil) == 2)
        #expect(try catalog.contentsToParse(version("p")) == digests)
    }

    @Test("A sheet comes back as it was parsed, and is replaced when parsed anew")
    func sheets() throws {
        let digests = try archive.fill(2)
        try archive.parse([digests[0]], .success(.sheet(sheet)))
        #expect(try catalog.sheet(digests[0]) == sheet && catalog.sheet(digests[1]) == nil)
        #expect(try catalog.titles() == [digests[0]: "題"] && catalog.modality(of: digests[0]) == .sheet)
        #expect(try catalog.figures().map(\.reference.target) == ["../図/a.tif", "ICN-1"])
        #expect(try catalog.documents(.sheet).map(\.pages) == [1] && catalog.pageCount(of: digests[0]) == 1)
        var smaller = sheet
        smaller.language = nil
        smaller.identifiers = []
        smaller.fragments.removeLast(2)
        smaller.figures.removeLast()
        try archive.parse([digests[0]], .success(.sheet(smaller)))
        #expect(try catalog.sheet(digests[0]) == smaller)
        try archive.parse([digests[0]], .success(page(1, 2, 3)))
        #expect(try catalog.sheet(digests[0]) == nil && catalog.pageCount(of: digests[0]) == 3 && catalog.figures().isEmpty)
    }

    @Test("Figures of sheets that are gone are not in the archive")
    func goneFigures() throws {
        let digests = try archive.fill(2)
        try archive.parse(digests, .success(.sheet(sheet)))
        try catalog.recordCrawl(root: 1, found: [], gone: [RawPath(digests[0].hex)])
        #expect(try Set(catalog.figures().map(\.sheet)) == [digests[1]])
    }

    @Test("Pairs are replaced as a whole, keep their order, and count only while both contents are there")
    func pairs() throws {
        let digests = try archive.fill(3)
        var random = SplitMix64(seed: 4)
        let pairs = [
            Pair(sheet: digests[2], image: digests[0], page: 4, source: .csv), Pair(sheet: digests[0], image: digests[1], source: .sameFolder),
            Pair(sheet: digests[0], image: digests[1], source: .sameStem, weight: 0.1),
        ]
        try catalog.setPairs([Pair(sheet: digests[0], image: digests[2], source: .csv)])
        try catalog.setPairs(pairs + [Pair(sheet: digests[0], image: random.digest(), source: .csv)])
        #expect(try catalog.pairs() == pairs)
        try catalog.recordCrawl(root: 1, found: [], gone: [RawPath(digests[2].hex)])
        #expect(try catalog.pairs() == Array(pairs[1...]))
    }

    @Test("A sound catalog passes its check; a damaged one does not open or does not pass")
    func damage() throws {
        try archive.fill(2_000)
        try catalog.check()
        let copy = TemporaryDirectory()
        try catalog.database.pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        let path = archive.directory["catalog.sqlite"].string
        var bytes = Array(try Data(contentsOf: URL(filePath: path)))
        for index in stride(from: 4_096 * 20, to: min(bytes.count, 4_096 * 60), by: 3) { bytes[index] ^= 0x55 }
        copy.write(bytes, RawPath("catalog.sqlite"))
        #expect(throws: (any Error).self) { try Catalog(path: copy["catalog.sqlite"].string).check() }
    }

    @Test("A catalog that cannot be made says so")
    func unmakeable() {
        #expect(throws: (any Error).self) { try Catalog(path: archive.directory["none/catalog.sqlite"].string) }
    }

    @Test("What was known of a file that changes or cannot be read stays; the next crawl reads one that changed again")
    func unreadable() throws {
        let digests = try archive.fill(2)
        try archive.parse(digests)
        try catalog.markUnreadable(FileLocation(root: 1, path: RawPath(digests[0].hex)), "Input/output error")
        try catalog.markChanging(FileLocation(root: 1, path: RawPath(digests[1].hex)))
        #expect(try catalog.documents(.image).map(\.digest) == digests)
        #expect(try catalog.files(root: 1).map(\.digest) == digests)
        #expect(try catalog.files(root: 1).map(\.stamp.size) == [1, -1])
        #expect(try catalog.fates().map(\.fate) == [.unreadable, .changing])
        #expect(try catalog.locations(of: digests[0]).count == 1 && catalog.readableLocations(of: digests[0]).isEmpty, "no worker waits for it again")
        #expect(try catalog.readableLocations(of: digests[1]).isEmpty)
        #expect(try catalog.failures().map(\.message) == ["Input/output error"])
    }

    @Test("No job is planned for bytes that cannot be had today: not to parse, nor to describe or read images; sheets need none")
    func noBytes() throws {
        let digests = try archive.fill(4)
        try archive.parse(Array(digests[..<2]))
        try archive.parse([digests[2]], .success(.sheet(sheet)))
        #expect(try catalog.contentsToParse(version("p")) == [digests[3]])
        #expect(try catalog.contentsToParse(version("q")) == digests)
        for digest in digests[1...] { try catalog.markUnreadable(FileLocation(root: 1, path: RawPath(digest.hex)), "closed") }
        #expect(try catalog.contentsToParse(version("p")).isEmpty)
        #expect(try catalog.contentsToParse(version("q")) == [digests[0]])
        #expect(try catalog.documents(.image, notDescribedBy: "d") == [digests[0]])
        #expect(try catalog.documents(.sheet, notDescribedBy: "d") == [digests[2]])
        #expect(try catalog.contentsToRecognise("r") == [digests[0]])
    }

    @Test("What a crawl has read stays known until it is recorded")
    func staged() throws {
        let digests = try archive.fill(3)
        let files = digests.map { file("s\($0.hex)", $0) }.sorted { $0.path < $1.path }
        try catalog.stage(files, root: 1)
        #expect(try catalog.stagedFiles(root: 1) == files)
        #expect(try catalog.stagedFiles(root: 2).isEmpty)
        #expect(try catalog.fates().count == 3, "nothing but a cache")
        try catalog.recordCrawl(root: 1, found: [], gone: [])
        #expect(try catalog.stagedFiles(root: 1).isEmpty)
    }

    @Test("A content is gone when its last file is, and back with the first")
    func goneContents() throws {
        let digest = try archive.fill(1)[0]
        func isGone() throws -> Bool? { try catalog.database.read { try Bool.fetchOne($0, sql: "SELECT gone IS NOT NULL FROM content WHERE digest = ?", arguments: [digest.data]) } }
        #expect(try isGone() == false)
        try catalog.recordCrawl(root: 1, found: [file("copy", digest)], gone: [RawPath(digest.hex)])
        #expect(try isGone() == false)
        try catalog.recordCrawl(root: 1, found: [file("copy", nil, .ignored)], gone: [])
        #expect(try isGone() == true)
        try catalog.recordCrawl(root: 1, found: [file("copy", digest)], gone: [])
        #expect(try isGone() == false)
        try catalog.recordCrawl(root: 1, found: [], gone: [RawPath("copy")])
        #expect(try isGone() == true)
    }

    @Test("What is forgotten is gone from the file and its log, byte for byte; what is there again stays")
    func forgetting() throws {
        let digests = try archive.fill(3)
        var secret = sheet
        secret.title = "Quincunx"
        secret.fragments[1].text = "the quincunx of the dodecahedron"
        try archive.parse(digests, .success(.sheet(secret)))
        try catalog.setPairs([Pair(sheet: digests[0], image: digests[1], source: .csv), Pair(sheet: digests[2], image: digests[1], source: .csv)])
        try catalog.recordCrawl(root: 1, found: [file("back", digests[1])], gone: digests.map { RawPath($0.hex) })
        #expect(try catalog.contentsGone(days: 1).isEmpty)
        #expect(try catalog.contentsGone(days: 0) == [digests[0], digests[2]])
        func bytes() throws -> Data {
            try ["", "-wal"].map { try Data(contentsOf: URL(fileURLWithPath: archive.directory["catalog.sqlite" + $0].string)) }.reduce(Data(), +)
        }
        #expect(try bytes().range(of: Data("dodecahedron".utf8)) != nil)
        // Debian's SQLite overwrites by default; others do not.
        try catalog.database.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA secure_delete = OFF") }
        try catalog.forget(digests)
        #expect(try catalog.sheet(digests[1]) != nil && catalog.sheet(digests[0]) == nil)
        try catalog.recordCrawl(root: 1, found: [], gone: [RawPath("back")])
        try catalog.forget(catalog.contentsGone(days: 0))
        #expect(try bytes().range(of: Data("dodecahedron".utf8)) == nil && bytes().range(of: Data("Quincunx".utf8)) == nil)
        let left = try catalog.database.read { database in
            try (Catalog.tablesOfContents + ["content", "pair", "attempt"]).map { try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)") ?? 0 }
        }
        #expect(left.allSatisfy { $0 == 0 }, "\(left)")
    }

    @Test("A catalog of a later version is refused, and not touched")
    func later() throws {
        try catalog.database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('4')") }
        #expect(throws: CatalogError.later(path: archive.directory["catalog.sqlite"].string)) { try archive.another() }
    }

    @Test("A transaction waits for another program's, and says so when that never ends")
    func busy() throws {
        let path = archive.directory["catalog.sqlite"].string
        let holder = try DatabaseQueue(path: path)
        let hasty = try Catalog(path: path, patience: 0.2)
        try holder.inDatabase { database in
            try database.execute(sql: "BEGIN IMMEDIATE")
            #expect(throws: CatalogError.busy(seconds: 1)) { try hasty.markIndexStale() }
            #expect(try hasty.jobCounts().isFinished, "readers read beside it")
            try database.execute(sql: "COMMIT")
        }
        try hasty.markIndexStale()
    }

    @Test("A catalog of the first two versions keeps what it knows: contents that are gone, jobs and their sums")
    func upgrade() throws {
        let directory = TemporaryDirectory()
        let path = directory["catalog.sqlite"].string
        var random = SplitMix64(seed: 3)
        let (here, gone) = (random.digest(), random.digest())
        try DatabaseQueue(path: path).inDatabase { database in
            try database.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY); INSERT INTO grdb_migrations VALUES ('1'), ('2')")
            try database.execute(sql: Catalog.first)
            try database.execute(sql: Catalog.second)
            try database.execute(sql: "INSERT INTO root VALUES (1, '/r')")
            try database.execute(sql: "INSERT INTO content VALUES (?, 1, 'p', 'sheet', 1), (?, 1, 'p', 'sheet', 1)", arguments: [here.data, gone.data])
            try database.execute(sql: "INSERT INTO file VALUES (1, 'a', 'a', 1, 1, 1, 1, ?, 'read', NULL)", arguments: [here.data])
            try database.execute(sql: "INSERT INTO job (stage, digests, state) VALUES ('parse', zeroblob(64), 'waiting'), ('parse', zeroblob(32), 'done')")
        }
        let catalog = try Catalog(path: path)
        #expect(try catalog.jobCounts() == JobCounts(waiting: 1, leased: 0, done: 1, contentsDone: 1, contents: 3))
        #expect(try catalog.documents(.sheet).map(\.digest) == [here])
        #expect(try catalog.database.read { try Data.fetchAll($0, sql: "SELECT digest FROM content WHERE gone IS NOT NULL") } == [gone.data])
    }
}
