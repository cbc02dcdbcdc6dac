public import Documents

/// One name found in the archive and what the crawl made of it.
public struct CrawledFile: Equatable, Sendable {
    public enum Outcome: Equatable, Sendable {
        /// Its stamp is the known one; the content was not read again.
        case unchanged
        /// It was read to the end without changing meanwhile.
        case read(ContentDigest)
        /// A rule, named here, passes over it.
        case ignored(rule: String)
        /// It changed while it was read; the next run takes it.
        case changing
        /// It could not be read; the words of the system.
        case unreadable(String)
    }

    public var path: RawPath
    /// All zeros where the system tells nothing of what the name leads to.
    public var stamp: FileStamp
    public var outcome: Outcome

    /// Whether the name may lead to a directory as well: a link that leads nowhere, or what cannot be looked at.
    public var isOfUnknownKind: Bool { stamp == FileStamp(size: 0, modified: 0, changed: 0, inode: 0) }

    public init(path: RawPath, stamp: FileStamp, outcome: Outcome) {
        self.path = path
        self.stamp = stamp
        self.outcome = outcome
    }
}

/// What an earlier crawl recorded of a path.
public struct KnownFile: Equatable, Sendable {
    public var stamp: FileStamp
    public var digest: ContentDigest?

    public init(stamp: FileStamp, digest: ContentDigest?) {
        self.stamp = stamp
        self.digest = digest
    }
}
