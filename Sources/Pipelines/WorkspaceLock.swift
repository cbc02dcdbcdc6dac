import Foundation
import Glibc
import Storage
import SystemPackage

/// The right to change a workspace: one run, ingest or training at a time.
///
/// Advisory locks on open files: they end with the process, however that dies, so a stale lock cannot exist. Two of them, because each has
/// a hole: the file `lock` can be deleted, and whoever makes it anew locks another file; the workspace's folder cannot be deleted while it
/// holds anything, but earlier versions do not lock it.
final class WorkspaceLock {
    private let folder: Int32
    private let file: Int32

    /// Takes the lock or throws with `lockHeld` and the holder's host, process and start time.
    init(_ workspace: Workspace) throws {
        guard FileManager.default.fileExists(atPath: workspace.configurationFile.string) else { throw workspace.missing }
        folder = try Self.open(workspace.path, O_RDONLY | O_DIRECTORY)
        guard Self.take(folder) else {
            close(folder)
            throw Self.held(workspace)
        }
        do {
            file = try Self.lockedFile(workspace)
        } catch {
            close(folder)
            throw error
        }
        let words = "\(ProcessInfo.processInfo.hostName), process \(getpid()), since \(Date.now.formatted(.iso8601))\n"
        ftruncate(file, 0)
        _ = Array(words.utf8).withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
    }

    deinit {
        close(file)
        close(folder)
    }

    /// The file `lock`, locked under that name: one that was deleted between opening and locking locks nobody out.
    private static func lockedFile(_ workspace: Workspace) throws -> Int32 {
        while true {
            let file = try open(workspace.lockFile, O_RDWR | O_CREAT | O_NOFOLLOW)
            guard take(file) else {
                close(file)
                throw held(workspace)
            }
            var (locked, named) = (stat(), stat())
            if fstat(file, &locked) == 0, workspace.lockFile.withPlatformString({ stat($0, &named) }) == 0,
                (locked.st_dev, locked.st_ino) == (named.st_dev, named.st_ino) {
                return file
            }
            close(file)
        }
    }

    private static func open(_ path: FilePath, _ flags: Int32) throws(StorageError) -> Int32 {
        let descriptor = path.withPlatformString { Glibc.open($0, flags | O_CLOEXEC, 0o644) }
        guard descriptor >= 0 else { throw .system(operation: "open", path: path, errno: Errno(rawValue: errno)) }
        return descriptor
    }

    private static func take(_ descriptor: Int32) -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    private static func held(_ workspace: Workspace) -> ShogoError {
        // Without words it is held all the same.
        let holder = try? WholeFile.read(workspace.lockFile, limit: 4_096)
        let words = holder.map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines) } ?? ""
        return ShogoError(
            .lockHeld, "the workspace \(workspace.path) is in use\(words.isEmpty ? "" : " by \(words)"); wait for it to end, then run again")
    }
}
