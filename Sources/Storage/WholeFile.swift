import Glibc
public import SystemPackage

/// Reads whole files.
public enum WholeFile {
    /// The bytes of `path`, at most `limit`; one byte more than `limit` is a `.malformed` error.
    public static func read(_ path: FilePath, limit: Int = .max) throws(StorageError) -> [UInt8] {
        let descriptor = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else {
            throw .system(operation: "open", path: path, errno: Errno(rawValue: errno))
        }
        defer { close(descriptor) }
        return try read(descriptor: descriptor, path: path, limit: limit)
    }

    /// How many bytes `path` has; `nil` for what is no regular file, such as a pipe.
    public static func regularSize(_ path: FilePath) throws(StorageError) -> Int? {
        var status = stat()
        guard path.withPlatformString({ stat($0, &status) }) == 0 else {
            throw .system(operation: "stat", path: path, errno: Errno(rawValue: errno))
        }
        return status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    }

    /// Size, time of the last change and inode in one word, which another file or a later change has not; `nil` for what is not there.
    public static func stamp(_ path: FilePath) -> String? {
        var status = stat()
        guard path.withPlatformString({ stat($0, &status) }) == 0 else { return nil }
        return "\(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) \(status.st_ino)"
    }

    /// The same from an open descriptor, from its current offset to the end; `path` is for the error only.
    public static func read(descriptor: Int32, path: FilePath, limit: Int = .max) throws(StorageError) -> [UInt8] {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .system(operation: "stat", path: path, errno: Errno(rawValue: errno))
        }
        var bytes: [UInt8] = []
        // One more than the size, so that the end is seen without growing.
        var capacity = min(max(Int(status.st_size), 0), limit) + 1
        while true {
            let start = bytes.count
            var failure: Errno?
            let room = capacity
            bytes.append(contentsOf: [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                var got = Glibc.read(descriptor, buffer.baseAddress, room)
                while got < 0, errno == EINTR { got = Glibc.read(descriptor, buffer.baseAddress, room) }
                if got < 0 { failure = Errno(rawValue: errno) }
                count = max(got, 0)
            })
            if let failure {
                throw .system(operation: "read", path: path, errno: failure)
            }
            guard bytes.count > start else { return bytes }
            guard bytes.count <= limit else {
                throw .malformed(path: path, why: "it is larger than the limit of \(limit) bytes")
            }
            capacity = max(65_536, capacity - (bytes.count - start))
        }
    }
}
