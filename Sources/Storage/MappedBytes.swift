import CMapping
import Glibc
public import SystemPackage

/// The bytes of a file, mapped read-only; valid as long as this object lives, even when the name is removed.
///
/// What can no longer be read, because the file became shorter or its disk fails, reads as zeros: whoever has read calls `checkRead()`
/// before trusting it.
public final class MappedBytes: @unchecked Sendable {  // because nothing writes through the mapping
    private let buffer: UnsafeRawBufferPointer
    private let watch: OpaquePointer?
    private let path: FilePath
    private let file: (device: dev_t, inode: ino_t)

    /// Maps the whole of `path`.
    public init(path: FilePath) throws(StorageError) {
        let descriptor = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else {
            throw .system(operation: "open", path: path, errno: Errno(rawValue: errno))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .system(operation: "stat", path: path, errno: Errno(rawValue: errno))
        }
        self.path = path
        file = (status.st_dev, status.st_ino)
        let count = Int(status.st_size)
        guard count > 0 else {
            buffer = UnsafeRawBufferPointer(start: nil, count: 0)
            watch = nil
            return
        }
        guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw .system(operation: "map", path: path, errno: Errno(rawValue: errno))
        }
        guard let watch = shogo_mapping_watch(start, count) else {
            munmap(start, count)
            throw .system(operation: "watch the mapping of", path: path, errno: .noMemory)
        }
        self.watch = watch
        buffer = UnsafeRawBufferPointer(start: start, count: count)
    }

    deinit {
        if let watch { shogo_mapping_unmap(watch) }
    }

    public var count: Int { buffer.count }

    /// Lends the bytes; the pointer must not leave `body`.
    public func withBytes<Result, Failure>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Result) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(buffer)
    }

    /// Throws when any byte that was lent so far may have been a zero in place of the file's: `.truncated` when the file is shorter now
    /// than when it was mapped, else the read error that it was. Costs one `stat`.
    public func checkRead() throws(StorageError) {
        guard let watch else { return }
        var status = stat()
        // The rest of the last page reads as zeros without any fault. A file of that name may be another one by now.
        let isSame = path.withPlatformString { stat($0, &status) } == 0 && status.st_dev == file.device && status.st_ino == file.inode
        if isSame, status.st_size < count {
            throw .truncated(path: path, expectedBytes: count, actualBytes: Int(status.st_size))
        }
        if shogo_mapping_is_broken(watch) { throw .system(operation: "read", path: path, errno: .ioError) }
    }
}
