import Glibc
public import SystemPackage

/// Writes whole files so that a reader, or a restart after a crash, sees the old file, the new one, or none.
public enum AtomicFile {
    /// Writes `bytes` under a temporary name in the same directory, syncs, renames over `path`, syncs the directory.
    ///
    /// The directory must exist. On any error the temporary file is removed and `path` is as before.
    public static func write(_ bytes: [UInt8], to path: FilePath) throws(StorageError) {
        // The process number keeps two writers apart; a leftover of a killed process is removed first, or swept.
        let temporary = path.removingLastComponent()
            .appending("\(temporaryPrefix)\(getpid())-\(path.lastComponent?.string ?? "file")")
        do throws(StorageError) {
            try writeAndSync(bytes, to: temporary)
            guard rename(temporary, path) == 0 else {
                throw .system(operation: "rename to", path: path, errno: Errno(rawValue: errno))
            }
        } catch {
            _ = temporary.withPlatformString { unlink($0) }
            throw error
        }
        try syncDirectory(path.removingLastComponent())
    }

    private static let temporaryPrefix = ".shogo-tmp-"

    /// Whether `path` has the name of a file that is being written, or was when its writer was killed.
    public static func isTemporary(_ path: FilePath) -> Bool {
        path.lastComponent?.string.hasPrefix(temporaryPrefix) ?? false
    }

    /// Removes what `name`, a temporary name, stands for in `folder`, unless another living process writes it. That it is gone meanwhile is
    /// no error.
    public static func sweep(_ name: FilePath.Component, in folder: borrowing OpenFolder) throws(StorageError) {
        let writer = pid_t(name.string.dropFirst(temporaryPrefix.count).prefix { $0 != "-" }) ?? 0
        if writer > 0, writer != getpid(), kill(writer, 0) == 0 || errno == EPERM { return }
        try folder.remove(name)
    }

    private static func writeAndSync(_ bytes: [UInt8], to path: FilePath) throws(StorageError) {
        // Never into a file that somebody else put there, nor through a link to one.
        _ = path.withPlatformString { unlink($0) }
        let descriptor = path.withPlatformString { open($0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644) }
        guard descriptor >= 0 else {
            throw .system(operation: "create", path: path, errno: Errno(rawValue: errno))
        }
        defer { close(descriptor) }
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
            }
            if written < 0 {
                if errno == EINTR { continue }
                throw .system(operation: "write", path: path, errno: Errno(rawValue: errno))
            }
            offset += written
        }
        guard fsync(descriptor) == 0 else {
            throw .system(operation: "sync", path: path, errno: Errno(rawValue: errno))
        }
    }

    /// Makes renames and removals in `directory` durable.
    public static func syncDirectory(_ directory: FilePath) throws(StorageError) {
        let directory = directory.isEmpty ? FilePath(".") : directory
        let descriptor = directory.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else {
            throw .system(operation: "open", path: directory, errno: Errno(rawValue: errno))
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw .system(operation: "sync", path: directory, errno: Errno(rawValue: errno))
        }
    }

    /// Makes `directory` and its parents when they are missing.
    public static func createDirectory(_ directory: FilePath) throws(StorageError) {
        var made = FilePath(root: directory.root, [])
        for component in directory.components {
            made.append(component)
            let failed = made.withPlatformString { mkdir($0, 0o755) } != 0
            if failed, errno != EEXIST {
                throw .system(operation: "create directory", path: made, errno: Errno(rawValue: errno))
            }
        }
    }

    private static func rename(_ old: FilePath, _ new: FilePath) -> Int32 {
        old.withPlatformString { old in new.withPlatformString { new in Glibc.rename(old, new) } }
    }
}
