import Documents
import Glibc
@testable import Pipelines
import Queueing
import Storage
import SystemPackage
import TestSupport
import Testing

@Suite("The crawl stage")
struct CrawlStageTests {
    @Test(
        "What was known below a place that could not be read is hidden and not gone",
        arguments: [
            ([], ["a/b/file", "ab/file", "file"]), (["a"], ["ab/file", "file"]), (["a/b"], ["ab/file", "file"]), (["a/b/file"], ["a/b/file", "ab/file", "file"]),
            (["a/b/c", "b"], ["a/b/file", "ab/file", "file"]), ([""], []),
        ])
    func missing(closed: [String], gone: [String]) {
        let known = ["a/b/file", "ab/file", "file"].map {
            ArchiveFile(path: RawPath($0), stamp: FileStamp(size: 0, modified: 0, changed: 0, inode: 0), digest: nil, state: .read)
        }
        let folders = Set(closed.map { RawPath($0) })
        let result = CrawlStage.missing(known, closed: folders, skipped: [])
        #expect(result.gone.map(\.path.display) == gone)
        #expect(result.hidden.map(\.path.display) + gone == known.map(\.path.display))
        #expect(result.hidden.allSatisfy { $0.state == .unreadable && $0.message?.contains("cannot be listed") == true })
        let skipped = CrawlStage.missing(known, closed: [], skipped: folders)
        #expect(skipped.gone.map(\.path.display) == gone && skipped.hidden.isEmpty)
    }

    @Test("A crawl writes down what it reads while it goes on, and one that was stopped goes on from there")
    func staging() throws {
        let directory = TemporaryDirectory()
        for number in 0..<1_001 { directory.write("\(number)", "archive/\(number)") }
        let archive = try open(directory)
        let root = try archive.catalog.root(directory["archive"].raw)
        var staged = 0
        let stage = CrawlStage(archive: archive, maxDelete: 0.1) { _ in
            // How far it is by the last file: the killed crawl would have left so much.
            if staged == 0 { staged = (try? archive.catalog.stagedFiles(root: root).count) ?? 0 }
        }
        _ = try stage.run()
        #expect(staged == 1_000)
        #expect(try archive.catalog.stagedFiles(root: root).isEmpty, "recorded, it is no progress any more")

        // A digest that no reading gives tells that the file was not read again.
        directory.write("new", "archive/new")
        usleep(20_000)  // the clock of file systems ticks in milliseconds
        var status = stat()
        try #require(stat(directory["archive/new"].string, &status) == 0)
        let stamp = FileStamp(
            size: Int64(status.st_size), modified: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec),
            changed: Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec), inode: UInt64(status.st_ino))
        let digest = ContentDigest.sha256(of: Array("never read".utf8))
        try archive.catalog.stage([ArchiveFile(path: RawPath("new"), stamp: stamp, digest: digest, state: .read)], root: root)
        _ = try CrawlStage(archive: archive, maxDelete: 0.1).run()
        #expect(try archive.catalog.files(root: root).first { $0.path == RawPath("new") }?.digest == digest)
    }

    @Test("A dry crawl writes nothing down")
    func dry() throws {
        let directory = TemporaryDirectory()
        for number in 0..<1_001 { directory.write("\(number)", "archive/\(number)") }
        let archive = try open(directory)
        #expect(try CrawlStage(archive: archive, maxDelete: 0.1).run(dryRun: true).read == 1_001)
        #expect(try archive.catalog.roots().isEmpty)
        #expect(try archive.catalog.stagedFiles(root: 0).isEmpty && archive.catalog.stagedFiles(root: 1).isEmpty)
    }

    /// A workspace whose archive is `archive` in the folder.
    private func open(_ directory: TemporaryDirectory) throws -> OpenWorkspace {
        let workspace = Workspace(path: directory["ws"])
        try OpenWorkspace.create(workspace, roots: [directory["archive"]])
        return try OpenWorkspace(workspace)
    }

    private func touch(_ path: FilePath) {
        usleep(20_000)  // the clock of file systems ticks in milliseconds
        #expect(utimes(path.string, nil) == 0)
    }

    @Test("A file that was touched and says the same, or is ignored as before, is no change of the archive; another rule is")
    func touched() throws {
        let directory = TemporaryDirectory()
        for name in ["archive/a", "archive/.hidden"] { directory.write("x", name) }
        let archive = try open(directory)
        func crawl() throws -> String {
            _ = try CrawlStage(archive: archive, maxDelete: 0.1).run()
            return try archive.catalog.revision(of: .archive)
        }
        let before = try crawl()
        let root = try archive.catalog.root(directory["archive"].raw)
        let known = try archive.catalog.files(root: root)
        try #require(known.contains { $0.state == .ignored })
        for name in ["archive/a", "archive/.hidden"] { touch(directory[name]) }
        #expect(try crawl() == before)
        for (old, new) in zip(known, try archive.catalog.files(root: root)) {
            #expect((old.stamp == new.stamp) == (old.state == .ignored), "what is read keeps its new stamp, lest it be read each night")
        }
        directory.write("y", "archive/a")
        #expect(try crawl() != before)
    }

    @Test("A night under a place that stays closed changes nothing, and counts every file once")
    func closed() throws {
        let directory = TemporaryDirectory()
        for name in ["archive/open", "share/a", "share/.b", "share/c"] { directory.write(name, name) }
        directory.link("archive/share", to: "../share")
        let archive = try open(directory)
        func crawl() throws -> (summary: CrawlStage.Summary, revision: String) {
            (try CrawlStage(archive: archive, maxDelete: 1).run(), try archive.catalog.revision(of: .archive))
        }
        let first = try crawl()
        try #require(first.summary.seen == 4)
        rename(directory["share"].string, directory["away"].string)
        let second = try crawl()
        let third = try crawl()
        #expect(second.revision != first.revision && third.revision == second.revision)
        for summary in [second.summary, third.summary] { #expect(summary.seen == 4 && summary.unreadableFiles == 2 && summary.gone == 0) }
        rename(directory["away"].string, directory["share"].string)
        #expect(try crawl().summary.unchanged == 3)
    }

    @Test("A mount point that holds nothing but ignored files is refused as an empty one is")
    func mountPoint() throws {
        let directory = TemporaryDirectory()
        for number in 0..<100 { directory.write("\(number)", "other/\(number)") }
        directory.write("x", "archive/a")
        let workspace = Workspace(path: directory["ws"])
        try OpenWorkspace.create(workspace, roots: [directory["archive"], directory["other"]])
        let archive = try OpenWorkspace(workspace)
        _ = try CrawlStage(archive: archive, maxDelete: 0.1).run()
        unlink(directory["archive/a"].string)
        directory.write("x", "archive/.DS_Store")
        #expect(throws: ShogoError.self) { try CrawlStage(archive: archive, maxDelete: 0.1).run() }
        #expect(try CrawlStage(archive: archive, maxDelete: 1).run().gone == 1)
    }

    @Test("A folder that became a file is gone, though the file cannot be read", .enabled(if: rightsAreEnforced))
    func replaced() throws {
        let directory = TemporaryDirectory()
        for name in ["archive/open", "archive/folder/a"] { directory.write(name, name) }
        let archive = try open(directory)
        _ = try CrawlStage(archive: archive, maxDelete: 1).run()
        unlink(directory["archive/folder/a"].string)
        rmdir(directory["archive/folder"].string)
        directory.write("a file", "archive/folder")
        chmod(directory["archive/folder"].string, 0)
        chmod(directory["ws"].string, 0o777)
        for name in directory.names("ws") { chmod(directory["ws/" + name].string, 0o666) }
        let summary = try asNobody { try CrawlStage(archive: archive, maxDelete: 1).run() }
        #expect(summary.gone == 1 && summary.unreadableFolders == 0 && summary.unreadableFiles == 1 && summary.seen == 2)
    }
}
