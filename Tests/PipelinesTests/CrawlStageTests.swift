import Documents
@testable import Pipelines
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
}
