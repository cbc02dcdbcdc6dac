import Documents
import Foundation
import Glibc
import Queueing
import SystemPackage
import TestSupport
import Testing

@testable import Pipelines

@Suite("A worker that ends before its job is done")
struct WorkerTests {
    let directory = TemporaryDirectory()
    let archive: OpenWorkspace
    private var catalog: Catalog { archive.catalog }
    private var version: ParsingVersion { archive.configuration.parsingVersion }

    init() throws {
        for number in 0..<40 { directory.write(String(repeating: "\(number). Open the valve and read the gauge.\n\n", count: 2_000), "archive/\(number).txt") }
        let workspace = Workspace(path: directory["ws"])
        try OpenWorkspace.create(workspace, roots: [directory["archive"]])
        archive = try OpenWorkspace(workspace)
        _ = try CrawlStage(archive: archive, maxDelete: 0.1).run()
    }

    private func plan(_ stage: Job.Stage) throws {
        try catalog.plan(stage, try catalog.contentsToParse(version), version)
    }

    private func wait(seconds: Double = 60, until isDone: () throws -> Bool) throws -> Bool {
        let deadline = Date.now.addingTimeInterval(seconds)
        while try !isDone() {
            guard Date.now < deadline else { return false }
            usleep(20_000)
        }
        return true
    }

    @Test("An error that is not its contents' gives the job back")
    func error() throws {
        try plan(.encode)
        let job = try #require(try catalog.lease(worker: "w", seconds: 60, version))
        let worker = try Worker(workspace: archive.workspace, name: "w", supervisor: getppid())
        var encoder: ContentEncoder?
        #expect(throws: ShogoError.self) { try worker.perform(job, &encoder, nil) }
        #expect(try catalog.jobCounts().leased == 0)
        let again = try #require(try catalog.lease(worker: "w", seconds: 60, version))
        #expect(again.id == job.id && again.attempts == 1)
    }

    @Test("The pool gives back what a worker held that ended in order, and blames nothing")
    func pool() async throws {
        try plan(.parse)
        let job = try #require(try catalog.lease(worker: "worker-\(getpid())-1", seconds: 60, version))
        let other = try #require(try catalog.lease(worker: "other", seconds: 60, version))
        let pool = WorkerPool(workspace: archive.workspace, catalog: catalog, stage: .parse, executable: "/bin/false", count: 1, version: version)
        await #expect(throws: ShogoError.self) { try await pool.run { _ in } }
        #expect(try catalog.jobCounts().leased == 1)
        #expect(try catalog.heartbeat(other, seconds: 60))
        let again = try #require(try catalog.lease(worker: "w", seconds: 60, version))
        #expect(again.id == job.id && again.attempts == 1)
    }
}
