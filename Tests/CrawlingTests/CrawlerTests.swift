import Documents
import Glibc
import Storage
import SystemPackage
import TestSupport
import Testing

@testable import Crawling

@Suite("Crawling")
struct CrawlerTests {
    let directory = TemporaryDirectory()

    func crawl(_ rules: [String] = [], folder: String = "", known: [RawPath: KnownFile] = [:]) throws -> Crawler.Result {
        try Crawler(root: directory.path, rules: IgnoreRules(patterns: rules)).crawl(folder: RawPath(folder), known: Crawler.Knowledge(files: { known[$0] }))
    }

    func paths(_ result: Crawler.Result) -> [String] { result.files.map(\.path.display) }

    func known(_ result: Crawler.Result) -> [RawPath: KnownFile] {
        Dictionary(uniqueKeysWithValues: result.files.map { file in
            if case .read(let digest) = file.outcome { (file.path, KnownFile(stamp: file.stamp, digest: digest)) } else { (file.path, KnownFile(stamp: file.stamp, digest: nil)) }
        })
    }

    @Test("Every file is found once, in byte order, with the digest and size of its bytes")
    func tree() throws {
        var random = SplitMix64(seed: 1)
        var expected: [RawPath: [UInt8]] = [:]
        for name in ["b", "a/z", "a/B/x", "a-", "a0", "é", "e\u{301}", "図面/第1章.tif", "big", "empty"] {
            expected[RawPath(name)] = random.bytes(name == "big" ? 1_500_000 : name == "empty" ? 0 : 10)
        }
        expected[RawPath(bytes: [0x90, 0x7D, 0x2F, 0xFF])] = [1]  // Shift JIS folder, 0xFF name
        for (name, bytes) in expected { directory.write(bytes, name) }
        directory.makeFolder(RawPath("a/empty"))
        let result = try crawl()
        #expect(result.files.map(\.path) == expected.keys.sorted())
        for file in result.files {
            #expect(file.outcome == .read(.sha256(of: expected[file.path]!)))
            #expect(file.stamp.size == Int64(expected[file.path]!.count))
        }
        #expect(result.unreadableDirectories.isEmpty && result.skippedLinks.isEmpty)
        #expect(try crawl().files == result.files)
        #expect(try paths(crawl(folder: "a")) == ["a/B/x", "a/z"])
    }

    @Test("Unchanged files are not read again; a file without a digest is")
    func unchanged() throws {
        directory.write("1", "a")
        directory.write("2", "b")
        var known = try known(crawl())
        #expect(try crawl(known: known).files.map(\.outcome) == [.unchanged, .unchanged])
        known[RawPath("b")]!.digest = nil
        #expect(try crawl(known: known).files.map(\.outcome) == [.unchanged, .read(.sha256(of: [0x32]))])
    }

    @Test("An edit is seen by its size, its time, its inode, and even when size and time are put back")
    func edits() throws {
        for name in ["size", "time", "inode", "stealthy", "same"] { directory.write("old", name) }
        let known = try known(crawl())
        usleep(20_000)  // the clock of file systems ticks in milliseconds
        var status = stat()
        stat(directory["stealthy"].string, &status)
        directory.write("longer", "size")
        directory.write("new", "time")
        directory.write("new", "other")
        rename(directory["other"].string, directory["inode"].string)
        directory.write("new", "stealthy")
        utimensat(AT_FDCWD, directory["stealthy"].string, [status.st_atim, status.st_mtim], 0)
        let result = try crawl(known: known)
        let new = CrawledFile.Outcome.read(.sha256(of: Array("new".utf8)))
        #expect(result.files.map(\.outcome) == [new, .unchanged, .read(.sha256(of: Array("longer".utf8))), new, new])
    }

    @Test("A date beyond all nanoseconds of 64 bits is a date like any other", arguments: [10_000_000_000, -20_000_000_000])
    func strangeDates(_ seconds: Int) throws {
        directory.write("1", "file")
        let time = timespec(tv_sec: seconds, tv_nsec: 5)
        try #require(utimensat(AT_FDCWD, directory["file"].string, [time, time], 0) == 0)
        let known = try known(crawl())
        #expect(try crawl(known: known).files.map(\.outcome) == [.unchanged])
    }

    @Test("Loops of links end, and a folder is walked once, by its own name")
    func loops() throws {
        directory.write("1", "real/file")
        directory.link("real/up", to: "..")
        directory.link("real/self", to: ".")
        directory.link("again", to: "real")
        directory.link("loop1", to: "loop2")
        directory.link("loop2", to: "loop1")
        let result = try crawl()
        #expect(paths(result) == ["loop1", "loop2", "real/file"])
        #expect(result.skippedLinks.map(\.display) == ["again", "real/self", "real/up"])
        for file in result.files.prefix(2) { #expect(file.outcome == .unreadable("a link that leads nowhere")) }
    }

    @Test("A link to a folder outside is walked; a link to a file is that file; a dangling link is unreadable")
    func links() throws {
        let outside = TemporaryDirectory()
        outside.write("far", "deep/file")
        directory.write("near", "file")
        directory.link("outside", to: outside.path.string)
        directory.link("outside2", to: outside.path.string)
        directory.link("link", to: "file")
        directory.link("dangling", to: "nowhere")
        let result = try crawl()
        let near = CrawledFile.Outcome.read(.sha256(of: Array("near".utf8)))
        #expect(result.files.count == 4 && result.skippedLinks.count == 1)
        #expect(result.files.map(\.outcome) == [.unreadable("a link that leads nowhere"), near, near, .read(.sha256(of: Array("far".utf8)))])
        #expect(try crawl().files == result.files)
    }

    @Test("A folder's links to elsewhere in the root are not followed: a crawl of the root meets that by its own name")
    func linksOutOfFolder() throws {
        let outside = TemporaryDirectory()
        outside.write("far", "file")
        directory.write("1", "real/file")
        directory.write("2", "folder/deep/file")
        directory.link("folder/real", to: "../real")
        directory.link("folder/root", to: "..")
        directory.link("folder/again", to: "deep")
        directory.link("folder/outside", to: outside.path.string)
        let result = try crawl(folder: "folder")
        #expect(paths(result) == ["folder/deep/file", "folder/outside/file"])
        #expect(result.skippedLinks.map(\.display) == ["folder/again", "folder/real", "folder/root"])
        #expect(try paths(crawl()) == ["folder/deep/file", "folder/outside/file", "real/file"])
    }

    @Test("A FIFO, a socket or a link to one is passed over without waiting", .timeLimit(.minutes(10)))
    func specials() throws {
        mkfifo(directory["fifo"].string, 0o644)
        directory.link("link", to: "fifo")
        directory.link("null", to: "/dev/null")
        #expect(try crawl().files.map(\.outcome) == Array(repeating: .ignored(rule: "not a regular file"), count: 3))
    }

    @Test("A folder or file without rights is told, the rest is crawled", .enabled(if: rightsAreEnforced))
    func closed() throws {
        directory.write("1", "closed/file")
        directory.write("2", "open/file")
        directory.write("3", "open/secret")
        directory.write("4", "listed/file")
        chmod(directory["closed"].string, 0)
        chmod(directory["open/secret"].string, 0)
        chmod(directory["listed"].string, 0o444)
        let result = try asNobody { try crawl() }
        #expect(result.unreadableDirectories.map(\.path.display) == ["closed"])
        #expect(paths(result) == ["listed/file", "open/file", "open/secret"])
        #expect(result.files.map(\.outcome) == [.unreadable("Permission denied"), .read(.sha256(of: [0x32])), .unreadable("Permission denied")])
    }

    @Test("A folder that may be listed and not entered tells by itself which of its entries are folders: these are no files")
    func listedOnly() throws {
        directory.write("1", "listed/deep/file")
        directory.write("2", "listed/file")
        chmod(directory["listed"].string, 0o444)
        let result = try asNobody { try crawl() }
        #expect(paths(result) == ["listed/file"] && result.files[0].outcome == .unreadable("Permission denied"))
        #expect(result.unreadableDirectories.map(\.path.display) == ["listed/deep"])
    }

    @Test("The forbidden folder is not entered, and its files are not read, by whatever name they are met")
    func forbidden() throws {
        directory.write("1", "inner/workspace/catalog")
        directory.write("2", "inner/workspace/report")
        directory.write("3", "file")
        directory.link("other", to: "inner/workspace")
        directory.link("deep", to: "inner/workspace/report")
        link(directory["inner/workspace/catalog"].string, directory["hard"].string)
        let outside = TemporaryDirectory()
        outside.link("root", to: directory.path.string)
        for root in [directory.path, outside["root"]] {
            let forbidden = ForbiddenFolder(directory["inner/workspace"], files: ["catalog", "none"])
            let result = try Crawler(root: root, rules: IgnoreRules(patterns: []), forbidden: forbidden).crawl()
            #expect(paths(result) == ["deep", "file", "hard"])
            #expect(result.files.map(\.outcome) == [.ignored(rule: "a file of the workspace"), .read(.sha256(of: [0x33])), .ignored(rule: "a file of the workspace")])
            #expect(result.forbiddenFolders.map(\.display) == ["inner/workspace", "other"])
        }
    }

    @Test("What a stopped crawl has read is not read again, unless it changed")
    func resumed() throws {
        for name in ["a", "b", "c"] { directory.write(name, name) }
        var read: [RawPath: KnownFile] = [:]
        _ = try Crawler(root: directory.path, rules: IgnoreRules(patterns: [])).crawl(found: { file in
            guard case .read(let digest) = file.outcome else { return }
            // A digest that no reading gives tells whether it was read again.
            read[file.path] = KnownFile(stamp: file.stamp, digest: file.path == RawPath("a") ? .sha256(of: []) : digest)
        })
        #expect(read.count == 3)
        usleep(20_000)
        directory.write("other", "b")
        let result = try Crawler(root: directory.path, rules: IgnoreRules(patterns: [])).crawl(known: Crawler.Knowledge(read: read))
        #expect(result.files.map(\.outcome) == [.read(.sha256(of: [])), .read(.sha256(of: Array("other".utf8))), .read(.sha256(of: [0x63]))])
    }

    @Test("A place is found below a folder by whatever names lead to both")
    func places() {
        directory.write("1", "real/deep/file")
        directory.link("link", to: "real")
        #expect(FileIdentity.place(of: directory["link/deep"], below: directory["real"]) == "deep")
        #expect(FileIdentity.place(of: directory["real/deep"], below: directory["link"]) == "deep")
        #expect(FileIdentity.place(of: directory["link"], below: directory["real"]) == "")
        #expect(FileIdentity.place(of: directory["real"], below: directory["real/deep"]) == nil)
        #expect(FileIdentity.place(of: directory["none"], below: directory["real"]) == nil)
    }

    @Test("A path too long for the system is told and does not stop the crawl")
    func tooDeep() throws {
        // 17 names of 250 bytes, made from folder to folder: no path to the last is short enough.
        let name = String(repeating: "d", count: 250)
        var folders = [open(directory.path.string, O_RDONLY)]
        for _ in 0..<17 {
            precondition(mkdirat(folders.last!, name, 0o755) == 0)
            folders.append(openat(folders.last!, name, O_RDONLY))
        }
        defer {
            for parent in folders.dropLast().reversed() { unlinkat(parent, name, AT_REMOVEDIR) }
            for folder in folders { close(folder) }
        }
        directory.write("3", "file")
        let result = try crawl()
        #expect(paths(result) == ["file"])
        try #require(result.unreadableDirectories.count == 1)
        #expect(result.unreadableDirectories[0].message == "File name too long" && result.unreadableDirectories[0].path.bytes.count > 4_000)
    }

    @Test("A root that is missing or no folder is an error; an empty one is empty")
    func roots() throws {
        #expect(try crawl().files.isEmpty)
        directory.write("1", "file")
        for root in [directory["none"], directory["file"]] {
            #expect(throws: Crawler.RootMissing.self) { try Crawler(root: root, rules: IgnoreRules(patterns: [])).crawl() }
        }
        #expect(throws: Crawler.RootMissing.self) { try crawl(folder: "none") }
    }

    @Test("Ignored files are told with their rule; ignored folders are not entered")
    func ignoring() throws {
        for name in ["keep.tif", "Thumbs.db", "a/x.tmp", "tmp/b", "a/tmp/c", "tmpfile", "out/a/d", "b/out/e"] { directory.write("1", name) }
        let result = try crawl(["Thumbs.db", "*.tmp", "tmp/", "/out/"])
        #expect(paths(result) == ["Thumbs.db", "a/x.tmp", "b/out/e", "keep.tif", "tmpfile"])
        #expect(result.files.prefix(2).map(\.outcome) == [.ignored(rule: "Thumbs.db"), .ignored(rule: "*.tmp")])
    }

    @Test(
        "Rules match as documented",
        arguments: [
            ("*.tif", "a/b.tif", false, true), ("*.tif", "b.tiff", false, false), ("tmp/", "a/tmp", true, true), ("tmp/", "a/tmp", false, false),
            ("a/*.xml", "a/b.xml", false, true), ("a/*.xml", "a/b/c.xml", false, false), ("a/*.xml", "z/a/b.xml", false, false),
            ("/top", "top", false, true), ("/top", "a/top", false, false), ("?.x", "a.x", false, true), ("[ab].x", "b.x", false, true),
            ("[!ab].x", "b.x", false, false), ("*", ".hidden", false, true), ("図*", "a/図面", false, true), ("a/b/", "a/b", true, true),
            ("A", "a", false, false),
        ])
    func rules(_ pattern: String, _ path: String, _ isDirectory: Bool, _ matches: Bool) {
        #expect((IgnoreRules(patterns: [pattern]).match(RawPath(path), isDirectory: isDirectory) == pattern) == matches)
    }

    @Test("A wildcard matches bytes that are not UTF-8")
    func rawWildcard() {
        #expect(IgnoreRules(patterns: ["*.tif"]).match(RawPath(bytes: [0x90, 0xFF] + Array(".tif".utf8)), isDirectory: false) == "*.tif")
    }
}
