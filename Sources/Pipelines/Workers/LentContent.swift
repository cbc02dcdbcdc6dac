import Documents
import Storage
import SystemPackage

/// The bytes of a content for as long as a job needs them: small files copied, so that nobody changes them meanwhile, large ones
/// mapped, so that they need no memory of their own.
struct LentContent {
    private enum Bytes {
        case copied([UInt8])
        case mapped(MappedBytes)
    }

    private let bytes: Bytes

    /// Reads the file; `nil` when it is not the content any more. A file of more than `mostCopied` bytes is mapped.
    init?(_ path: FilePath, size: Int, digest: ContentDigest, mostCopied: Int = 64 << 20) throws(StorageError) {
        guard try WholeFile.regularSize(path) == size else { return nil }
        bytes = size > mostCopied ? .mapped(try MappedBytes(path: path)) : .copied(try WholeFile.read(path))
        let found = withBytes { ContentDigest.sha256(of: $0) }
        try checkRead()
        guard found == digest else { return nil }
    }

    /// For files that need no proof.
    init(_ bytes: [UInt8]) {
        self.bytes = .copied(bytes)
    }

    /// Throws when bytes that were lent so far may not have been the file's: a `.truncated` file, or a read error. What was made of them
    /// says nothing about the content then.
    func checkRead() throws(StorageError) {
        if case .mapped(let file) = bytes { try file.checkRead() }
    }

    /// Lends the bytes; the pointer must not leave `body`.
    func withBytes<Result, Failure>(_ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result) throws(Failure) -> Result {
        switch bytes {
        case .copied(let array): return try array.withUnsafeBufferPointer(body)
        case .mapped(let file):
            return try file.withBytes { raw throws(Failure) in try body(raw.bindMemory(to: UInt8.self)) }
        }
    }
}
