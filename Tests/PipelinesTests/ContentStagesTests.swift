import Documents
import Queueing
import TestSupport
import Testing

@testable import Pipelines

@Suite("What is left to do")
struct ContentStagesTests {
    @Test("That no page is left to read is noted by a run, and not by a dry one")
    func dry() throws {
        let directory = TemporaryDirectory()
        directory.makeFolder(RawPath("archive"))
        let workspace = Workspace(path: directory["ws"])
        try OpenWorkspace.create(workspace, roots: [directory["archive"]])
        let archive = try OpenWorkspace(workspace)
        #expect(try ContentStages(archive: archive, recognition: "r", notes: false).missing(.recognise, model: nil).isEmpty)
        #expect(try archive.catalog.memo("step recognise") == nil)
        #expect(try ContentStages(archive: archive, recognition: "r").missing(.recognise, model: nil).isEmpty)
        #expect(try archive.catalog.memo("step recognise") != nil)
    }
}
