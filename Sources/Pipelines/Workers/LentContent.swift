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

    /// Bytes of the largest file that is copied.
    private static let mostCopied = 64 << 20

    private let bytes: Bytes

    /// Reads the file; `nil` when it is not the content any more.
    init?(_ path: FilePath, size: Int, digest: ContentDigest) throws(StorageError) {
        guard try WholeFile.regularSize(path) == size else { return nil }
        bytes = size > Self.mostCopied ? .mapped(try MappedBytes(path: path)) : .copied(try WholeFile.read(path))
        guard withBytes({ ContentDigest.sha256(of: $0) }) == digest else { return nil }
    }

    /// For files that need no proof.
    init(_ bytes: [UInt8]) {
        self.bytes = .copied(bytes)
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
