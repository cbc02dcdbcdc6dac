import Foundation
import Glibc
import Storage
import SystemPackage

/// The right to change a workspace: one run, ingest or training at a time.
///
/// An advisory lock on an open file: it ends with the process, however that dies, so a stale lock cannot exist.
final class WorkspaceLock {
    private let descriptor: Int32

    /// Takes the lock or throws with `lockHeld` and the holder's host, process and start time.
    init(_ workspace: Workspace) throws {
        guard FileManager.default.fileExists(atPath: workspace.configurationFile.string) else { throw workspace.missing }
        let path = workspace.lockFile
        descriptor = path.withPlatformString { open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o644) }
        guard descriptor >= 0 else {
            throw StorageError.system(operation: "open", path: path, errno: Errno(rawValue: errno))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = try? WholeFile.read(descriptor: descriptor, path: path, limit: 4_096)
            let words = holder.map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines) } ?? ""
            throw ShogoError(
                .lockHeld, "the workspace \(workspace.path) is in use\(words.isEmpty ? "" : " by \(words)"); wait for it to end, then run again")
        }
        let words = "\(ProcessInfo.processInfo.hostName), process \(getpid()), since \(Date.now.formatted(.iso8601))\n"
        ftruncate(descriptor, 0)
        _ = Array(words.utf8).withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    /// Also when the lock was not got: an initialiser that throws after its last property is set ends here.
    deinit { close(descriptor) }
}
