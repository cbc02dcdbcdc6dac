public import SystemPackage

/// A file that could not be written or cannot be trusted: which, what, and why.
public enum StorageError: Error, Equatable, Sendable {
    /// A system call failed.
    case system(operation: String, path: FilePath, errno: Errno)
    /// The file is not what its name promises: no header, another kind, or a header that contradicts itself.
    case malformed(path: FilePath, why: String)
    /// The file ends before its header says it does.
    case truncated(path: FilePath, expectedBytes: Int, actualBytes: Int)
    /// The file was written by a version of Shogo whose format this one does not read.
    case unknownVersion(path: FilePath, kind: String, found: Int, supported: ClosedRange<Int>)
    /// The bytes of one tensor are not the bytes that were written.
    case checksumMismatch(path: FilePath, tensor: String)
    /// The file is not there although another one says so.
    case lost(path: FilePath, namedBy: FilePath)
}

extension StorageError {
    /// Whether the file is not there.
    public var isMissing: Bool {
        if case .system(_, _, .noSuchFileOrDirectory) = self { true } else { false }
    }

    /// This error of a file that `other` names: that it is not there is damage then.
    public func named(by other: FilePath) -> StorageError {
        if case .system(_, let path, .noSuchFileOrDirectory) = self { .lost(path: path, namedBy: other) } else { self }
    }

    /// Whether the file's bytes are at fault, not the system: made anew, it would be right again.
    public var isDamage: Bool {
        switch self {
        case .system(operation: "read", _, .ioError): true  // a bad sector: a new file has others
        case .system, .unknownVersion: false
        case .malformed, .truncated, .checksumMismatch, .lost: true
        }
    }
}

extension StorageError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .system(let operation, let path, let errno):
            "cannot \(operation) \(path): \(errno)"
        case .malformed(let path, let why):
            "\(path) is damaged or not a file of Shogo's: \(why)"
        case .truncated(let path, let expected, let actual):
            "\(path) is truncated: \(actual) bytes of \(expected); delete it and run again, it will be made anew"
        case .unknownVersion(let path, let kind, let found, let supported):
            "\(path) is a \(kind) of format version \(found); this Shogo reads \(supported.lowerBound) to \(supported.upperBound)"
        case .checksumMismatch(let path, let tensor):
            "\(path) is damaged: the checksum of '\(tensor)' does not match; delete it and run again, it will be made anew"
        case .lost(let path, let other):
            "\(path) is not there, although \(other) names it; run again, it will be made anew"
        }
    }
}
