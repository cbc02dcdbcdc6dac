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

    @Test("Signals that stop a run do not stop its workers: they see that it is gone, and give their jobs back", .timeLimit(.minutes(3)))
    func stopped() throws {
        try plan(.parse)
        let supervisor = Process()
        supervisor.executableURL = URL(fileURLWithPath: "/bin/sh")
        supervisor.arguments = [
            "-c", #""$0" worker --workspace "$1" --name w --supervisor $$ --stage parse & echo $!; wait"#,
            URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("shogo").path, archive.workspace.path.string,
        ]
        let output = Pipe()
        supervisor.standardOutput = output
        supervisor.standardError = FileHandle.nullDevice
        // Threads of tasks have signals blocked, which their processes would inherit; those of a run do not.
        var none = sigset_t(), before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        try supervisor.run()
        pthread_sigmask(SIG_SETMASK, &before, nil)
        let worker = try #require(Int32(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self).trimmingCharacters(in: .newlines)))
        defer { kill(worker, SIGKILL) }

        #expect(try wait { try catalog.jobCounts().leased == 1 })
        for signal in [SIGINT, SIGTERM, SIGHUP] { kill(worker, signal) }
        let done = try catalog.jobCounts().done
        #expect(try wait { try catalog.jobCounts().done > done }, "it goes on")
        kill(supervisor.processIdentifier, SIGKILL)
        supervisor.waitUntilExit()
        #expect(try wait(seconds: 10) { try catalog.jobCounts().leased == 0 })
        let counts = try catalog.jobCounts()
        #expect(counts.waiting > 0, "it gave a job back before all were done")
        while let job = try catalog.lease(worker: "next", seconds: 60, version) { #expect(job.attempts == 1) }
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

    @Test("Without its supervisor, or before a file that does not answer, it gives its job back; over a limit it keeps it, and is blamed")
    func watchdog() throws {
        try plan(.parse)
        let watchdog = Watchdog(catalog: catalog, supervisor: getppid())
        let place = FileLocation(root: 1, path: RawPath("7.txt"))
        for (verdict, status, isGivenBack) in [
            (Watchdog.Verdict.orphaned, 1, true), (.silent(place), Worker.silentFileStatus, true), (.goOn, nil, false),
            (.tooLong, Worker.timeLimitStatus, false), (.tooMuchMemory, Worker.memoryLimitStatus, false),
        ] {
            let job = try #require(try catalog.lease(worker: "w", seconds: 60, version))
            #expect(watchdog.settle(verdict, job) == status)
            #expect(try catalog.heartbeat(job, seconds: 60) != isGivenBack, "\(verdict)")
            try catalog.giveBack(job)
        }
        #expect(try catalog.files(root: 1).filter { $0.state == .unreadable }.map(\.path) == [place.path])
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
