/// One path of the archive as the catalog keeps it.
public struct ArchiveFile: Equatable, Sendable {
    /// What the last crawl could do with the path.
    public enum State: String, CaseIterable, Codable, Sendable {
        /// Its digest is known; what became of its content, the content tells.
        case read
        case ignored, changing, unreadable
    }

    public var path: RawPath
    public var stamp: FileStamp
    public var digest: ContentDigest?
    public var state: State
    /// The rule that ignores it, or the system's words when it is unreadable.
    public var message: String?

    public init(path: RawPath, stamp: FileStamp, digest: ContentDigest?, state: State, message: String? = nil) {
        self.path = path
        self.stamp = stamp
        self.digest = digest
        self.state = state
        self.message = message
    }
}

/// A path with the root it lies in.
public struct FileLocation: Hashable, Sendable {
    /// The catalog's number of the root, from 1 in the order of `shogo.yaml`.
    public var root: Int64
    public var path: RawPath

    public init(root: Int64, path: RawPath) {
        self.root = root
        self.path = path
    }
}

extension FileLocation: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        (left.root, left.path) < (right.root, right.path)
    }
}
