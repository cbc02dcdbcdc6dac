import Glibc
public import SystemPackage

/// The bytes of a file, mapped read-only; valid as long as this object lives, even when the name is removed.
public final class MappedBytes: @unchecked Sendable {  // because nothing writes through the mapping
    private let buffer: UnsafeRawBufferPointer

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
        let count = Int(status.st_size)
        guard count > 0 else {
            buffer = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw .system(operation: "map", path: path, errno: Errno(rawValue: errno))
        }
        buffer = UnsafeRawBufferPointer(start: start, count: count)
    }

    deinit {
        if let start = buffer.baseAddress {
            munmap(UnsafeMutableRawPointer(mutating: start), buffer.count)
        }
    }

    public var count: Int { buffer.count }

    /// Lends the bytes; the pointer must not leave `body`.
    public func withBytes<Result, Failure>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Result) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(buffer)
    }
}
