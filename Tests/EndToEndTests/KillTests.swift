import Foundation
import Testing

@Suite("A run that is killed")
struct KillTests {
    @Test("Ten kills of supervisor and workers at random moments, then a run: the snapshot of an undisturbed run", .timeLimit(.minutes(20)))
    func kills() throws {
        let undisturbed = try SmallArchive()
        try ShogoProgram.run("init", undisturbed.workspace, "--root", undisturbed.root.path)
        let start = Date.now
        let expected = try ShogoProgram.run("run", try undisturbed.nightly(), "--workspace", undisturbed.workspace, "--json").json
        let seconds = Date.now.timeIntervalSince(start)

        let disturbed = try SmallArchive()
        try ShogoProgram.run("init", disturbed.workspace, "--root", disturbed.root.path)
        var generator = Moments(state: 20_261_123)
        for _ in 0..<10 {
            let (process, output, messages) = try ShogoProgram.start(
                ["run", try disturbed.nightly(), "--workspace", disturbed.workspace, "--workers", "2", "--quiet"])
            Thread.sleep(forTimeInterval: seconds * 0.8 * generator.next())
            for child in ShogoProgram.children(of: process.processIdentifier) + [process.processIdentifier] { kill(child, SIGKILL) }
            _ = (output.fileHandleForReading.readDataToEndOfFile(), messages.fileHandleForReading.readDataToEndOfFile())
            process.waitUntilExit()
        }
        let last = try ShogoProgram.run("run", try disturbed.nightly(), "--workspace", disturbed.workspace, "--json")
        #expect(last.status == 3, "\(last.messages)")
        #expect(try last.json["snapshot"] as? String == expected["snapshot"] as? String)
        #expect(try ShogoProgram.run("verify", "--workspace", disturbed.workspace).status == 0)
        let left = FileManager.default.enumerator(atPath: disturbed.workspace)?.compactMap { $0 as? String } ?? []
        #expect(!left.contains { $0.contains(".shogo-tmp-") })
        let status = try ShogoProgram.run("status", "--workspace", disturbed.workspace, "--json").json
        #expect(status["rows"] as? Int == 40)
    }

    private static let endless = "Max cpu time              unlimited"

    @Test("Workers have limited memory and processor time and no way out: no new rights, a filter on system calls")
    func confined() throws {
        let archive = try SmallArchive()
        try ShogoProgram.run("init", archive.workspace, "--root", archive.root.path)
        let (process, output, messages) = try ShogoProgram.start(["run", try archive.nightly(), "--workspace", archive.workspace, "--quiet"])
        var limits = ""
        while process.isRunning, !(limits.contains("Max data size             1610612736") && !limits.contains(Self.endless) && limits.contains("NoNewPrivs:\t1") && limits.contains("Seccomp:\t2")) {
            for child in ShogoProgram.children(of: process.processIdentifier) {
                let files = ["limits", "status"].compactMap { try? String(contentsOfFile: "/proc/\(child)/\($0)", encoding: .utf8) }
                if files.count == 2 { limits = files.joined() }  // else it has just ended
            }
        }
        _ = (output.fileHandleForReading.readDataToEndOfFile(), messages.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        #expect(limits.contains("Max data size             1610612736"), "\(limits)")
        #expect(!limits.contains(Self.endless), "\(limits)")
        #expect(limits.contains("NoNewPrivs:\t1") && limits.contains("Seccomp:\t2"), "\(limits)")
        #expect(process.terminationStatus == 3)
    }

    @Test("Workers end when their supervisor is killed")
    func orphans() throws {
        let archive = try SmallArchive()
        try ShogoProgram.run("init", archive.workspace, "--root", archive.root.path)
        let (process, output, messages) = try ShogoProgram.start(["run", try archive.nightly(), "--workspace", archive.workspace, "--quiet"])
        var workers: [Int32] = []
        while process.isRunning, workers.isEmpty { workers = ShogoProgram.children(of: process.processIdentifier) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        // The pipes close only when no worker holds them any more.
        _ = (output.fileHandleForReading.readDataToEndOfFile(), messages.fileHandleForReading.readDataToEndOfFile())
        let deadline = Date.now.addingTimeInterval(10)
        while workers.contains(where: { Self.isRunning($0) }), Date.now < deadline { usleep(20_000) }
        #expect(!workers.contains { Self.isRunning($0) })
        #expect(!workers.isEmpty)
    }

    @Test("Workers that are killed are replaced, and the run ends as it would have")
    func workers() throws {
        let archive = try SmallArchive()
        try ShogoProgram.run("init", archive.workspace, "--root", archive.root.path)
        let (process, output, messages) = try ShogoProgram.start(["run", try archive.nightly(), "--workspace", archive.workspace, "--quiet", "--json"])
        var killed: Set<Int32> = []
        while process.isRunning, killed.count < 4 {
            for child in ShogoProgram.children(of: process.processIdentifier) where killed.insert(child).inserted { kill(child, SIGKILL) }
            usleep(10_000)
        }
        let result = output.fileHandleForReading.readDataToEndOfFile()
        _ = messages.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(killed.count >= 4)
        #expect(process.terminationReason == .exit && process.terminationStatus == 3)
        let account = (try JSONSerialization.jsonObject(with: result) as? [String: Any])?["account"] as? [String: Int]
        #expect(account?["indexed"] == 40 && account?["quarantined"] == 3)
    }

    private struct Moments {
        var state: UInt64

        mutating func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(1 << 53)
        }
    }

    /// Whether the process is there and no zombie.
    private static func isRunning(_ process: Int32) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }  // gone
        return !status.contains(") Z ")
    }
}
