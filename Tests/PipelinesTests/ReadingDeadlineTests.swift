import Documents
import Foundation
import Glibc
import Recognising
import Storage
import SystemPackage
import TestSupport
import Testing

@testable import Pipelines
@testable import Queueing

@Suite("The time for reading scans", .enabled(if: (try? TextRecogniser(languages: ["eng"])) != nil))
struct ReadingDeadlineTests {
    @Test("When it is over, a worker begins no other page, not even of the file that it has open, and gives its job back")
    func deadline() throws {
        let directory = TemporaryDirectory()
        let bytes = Array("any bytes, because no page is looked at".utf8)
        directory.write(bytes, RawPath("archive/scan.tif"))
        let workspace = Workspace(path: directory["ws"])
        try OpenWorkspace.create(workspace, roots: [directory["archive"]])
        let catalog = try OpenWorkspace(workspace).catalog
        let recogniser = try TextRecogniser(languages: ["eng"])
        var version = ParsingVersion(marks: ["tiff"], limits: "")
        version.recognition = recogniser.fingerprint

        let digest = ContentDigest.sha256(of: bytes)
        let stamp = FileStamp(size: Int64(bytes.count), modified: 1, changed: 1, inode: 1)
        let root = try catalog.root(directory["archive"].raw)
        try catalog.recordCrawl(root: root, found: [ArchiveFile(path: RawPath("scan.tif"), stamp: stamp, digest: digest, state: .read)], gone: [])
        try catalog.plan(.parse, [digest], version)
        let parse = try #require(try catalog.lease(worker: "w", seconds: 60, version))
        let pages = (1...3).map { PageImage(number: $0, storedWidth: 10, storedHeight: 10, orientation: 1, encoding: "TIFF") }
        #expect(try catalog.complete(parse, parsed: [ParsedContent(digest: digest, reader: "tiff", result: .success(.images(pages)))], version))

        try catalog.plan(.recognise, [digest], version)
        let job = try #require(try catalog.lease(worker: "w", seconds: 60, version))
        let worker = try Worker(workspace: workspace, name: "w", supervisor: getppid(), deadline: Date(timeIntervalSinceNow: -1))
        var encoder: ContentEncoder?
        try worker.perform(job, &encoder, recogniser)
        #expect(try catalog.jobCounts() == JobCounts(waiting: 1, contents: 1))
        #expect(try !catalog.knowsText(of: digest, page: 1, recogniser.fingerprint))
        #expect(try catalog.lease(worker: "w", seconds: 60, version)?.attempts == 1, "time is nobody's fault")
    }
}
