import CSandbox
import Foundation
@testable import Pipelines
import SystemPackage
import Testing

@Suite("The workers' sandbox")
struct SandboxTests {
    /// The rights are given up for good, so a thread of its own gives them up; sockets are not tried here, they would go for all threads.
    @Test("What is confined writes below its folder and nowhere else, and reads everywhere")
    func writes() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("shogo-\(UUID().uuidString)").path
        let other = FileManager.default.temporaryDirectory.appendingPathComponent("shogo-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("before".utf8).write(to: URL(fileURLWithPath: other))
        defer { for path in [folder, other] { try? FileManager.default.removeItem(atPath: path) } }  // temporary anyway
        let results: (status: Int32, inside: Bool, outside: Bool, truncated: Bool, read: Bool) = await withCheckedContinuation { done in
            Thread.detachNewThread {
                let status = shogo_sandbox_write_only_below(folder)
                func opens(_ path: String, _ flags: Int32) -> Bool {
                    let descriptor = open(path, flags, 0o600)
                    if descriptor >= 0 { close(descriptor) }
                    return descriptor >= 0
                }
                done.resume(
                    returning: (
                        status, opens(folder + "/x", O_WRONLY | O_CREAT), opens(other + "-new", O_WRONLY | O_CREAT), opens(other, O_WRONLY | O_TRUNC),
                        opens(other, O_RDONLY)
                    ))
            }
        }
        guard results.status == 0 else {
            #expect(results.status == ENOSYS)
            return
        }
        #expect(results.inside && results.read)
        #expect(!results.outside && !results.truncated)
        #expect(try String(contentsOfFile: other, encoding: .utf8) == "before")
    }
}
