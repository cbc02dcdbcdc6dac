import Foundation
import Documents
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Pipelines

@Suite("A workspace")
struct WorkspaceTests {
    let directory = TemporaryDirectory()
    var workspace: Workspace { Workspace(path: directory["ws"]) }

    init() throws {
        directory.write("1", "archive/deep/file")
        try OpenWorkspace.create(workspace, roots: [directory["archive"]])
    }

    @Test("Its lock holds when the file 'lock' is deleted, replaced or renamed meanwhile, and is free afterwards")
    func lock() throws {
        var lock: WorkspaceLock? = try WorkspaceLock(workspace)
        func isHeld() -> Bool {
            do {
                _ = try WorkspaceLock(workspace)
                return false
            } catch {
                return (error as? ShogoError)?.status == .lockHeld
            }
        }
        #expect(isHeld())
        unlink(workspace.lockFile.string)
        #expect(isHeld())
        directory.write("other", "ws/lock")
        #expect(isHeld())
        withExtendedLifetime(lock) {}
        lock = nil
        #expect(!isHeld())
    }

    @Test("A lock of an earlier version, which knows the file alone, holds")
    func earlierLock() throws {
        let descriptor = open(workspace.lockFile.string, O_RDWR | O_CREAT, 0o644)
        defer { close(descriptor) }
        try #require(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        #expect(throws: ShogoError.self) { try WorkspaceLock(workspace) }
    }

    @Test("Roots that are one directory by two names, lie in each other, or lie in the workspace, are refused; so is a workspace in a root")
    func identities() throws {
        directory.link("link", to: "archive")
        directory.link("inner", to: "archive/deep")
        directory.link("own", to: "ws")
        for roots in [["archive", "link"], ["link", "inner"], ["inner", "archive"], ["own"], ["ws/models"]] {
            directory.makeFolder(RawPath("ws/models"))
            #expect(throws: ShogoError.self, "\(roots)") { try OpenWorkspace.checkDistinct(roots.map { directory[$0] }, workspace) }
        }
        try OpenWorkspace.checkDistinct([directory["archive"], directory["none"]], workspace)
        #expect(throws: ShogoError.self) { try OpenWorkspace.create(Workspace(path: directory["link/deep/new/ws"]), roots: [directory["archive"]]) }
        #expect(Workspace(path: directory["link/new"]).lies(in: directory["archive"]) && !workspace.lies(in: directory["archive"]))
    }

    @Test("A directory that lies in a root by another name is ingested as part of that root")
    func ingest() throws {
        directory.link("link", to: "archive")
        #expect(try !Ingest.admit(directory["link/deep"], to: workspace, dryRun: false))
        #expect(try !Ingest.admit(directory["link"], to: workspace, dryRun: false))
        directory.link("up", to: ".")
        #expect(throws: ShogoError.self) { try Ingest.admit(directory["up"], to: workspace, dryRun: false) }
        #expect(throws: ShogoError.self) { try Ingest.admit(directory["ws/models"], to: workspace, dryRun: false) }
        directory.makeFolder(RawPath("other"))
        #expect(try Ingest.admit(directory["other"], to: workspace, dryRun: false))
    }
}
