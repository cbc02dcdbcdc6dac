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
    public var stamp: FileStamp
    public var outcome: Outcome

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
