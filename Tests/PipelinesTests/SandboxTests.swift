import CSandbox
import Foundation
@testable import Pipelines
import SystemPackage
import Testing

@Suite("The workers' sandbox")
struct SandboxTests {
    /// The rights are given up for good, so a thread of its own gives them up.
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

    @Test("Without Landlock's help, too, nothing is changed but by writing, no other process is reached, and nobody is spoken to")
    func calls() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("shogo-\(UUID().uuidString)").path
        try Data("before".utf8).write(to: URL(fileURLWithPath: file))
        defer { unlink(file) }
        let attempts: [@Sendable () -> Int] = [
            { Int(chmod(file, 0o777)) }, { Int(chown(file, 0, 0)) }, { Int(truncate(file, 0)) }, { Int(utimes(file, nil)) },
            { Int(open(file, O_RDONLY | O_TRUNC)) }, { Int(open(file, O_ACCMODE | O_TRUNC)) }, { Int(fchmod(open(file, O_RDONLY), 0o777)) },
            { Int(isatty(STDERR_FILENO)) - 1 },
            { Int(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)) }, { Int(kill(getppid(), 0)) },
        ]
        let (status, errors, allowed): (Int32, [Int32], [Bool]) = await withCheckedContinuation { done in
            Thread.detachNewThread {
                let status = shogo_sandbox_forbid_calls(false)
                let errors = attempts.map { attempt in attempt() < 0 ? errno : 0 }
                let inPlace = open(file, O_RDWR)
                done.resume(returning: (status, errors, [inPlace >= 0, ftruncate(inPlace, 6) == 0, kill(getpid(), 0) == 0, open(file, O_WRONLY | O_TRUNC) >= 0]))
            }
        }
        guard status == 0 else {
            #expect([ENOSYS, EINVAL, EPERM].contains(status))
            return
        }
        #expect(errors == [Int32](repeating: EPERM, count: attempts.count))
        #expect(allowed == [true, true, true, true])
    }
}
