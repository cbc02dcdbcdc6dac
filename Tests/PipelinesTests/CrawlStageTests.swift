import Documents
@testable import Pipelines
import Testing

@Suite("The crawl stage")
struct CrawlStageTests {
    @Test(
        "What was known below a place that could not be read is not gone",
        arguments: [
            ([], ["a/b/file", "ab/file", "file"]), (["a"], ["ab/file", "file"]), (["a/b"], ["ab/file", "file"]), (["a/b/file"], ["a/b/file", "ab/file", "file"]),
            (["a/b/c", "b"], ["a/b/file", "ab/file", "file"]), ([""], []),
        ])
    func gone(closed: [String], gone: [String]) {
        let known = ["a/b/file", "ab/file", "file", "here"].map {
            ArchiveFile(path: RawPath($0), stamp: FileStamp(size: 0, modified: 0, changed: 0, inode: 0), digest: nil, state: .read)
        }
        #expect(CrawlStage.gone(known, found: [RawPath("here")], closed: Set(closed.map { RawPath($0) })).map(\.path.display) == gone)
    }
}
