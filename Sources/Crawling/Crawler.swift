public import Documents
import Glibc
import Storage
public import SystemPackage

/// Walks one root and tells every file in it: unchanged, read, ignored, changing or unreadable.
///
/// It never writes into the archive and keeps no state; what is known from before comes in, what was found goes out.
/// Names are bytes. Order is byte order, so two crawls of one tree give one list.
public struct Crawler: Sendable {
    public let root: FilePath
    public let rules: IgnoreRules
    public let forbidden: ForbiddenFolder?

    public init(root: FilePath, rules: IgnoreRules, forbidden: ForbiddenFolder? = nil) {
        self.root = root
        self.rules = rules
        self.forbidden = forbidden
    }

    /// What a crawl found.
    public struct Result: Sendable {
        /// Every file, in byte order of its path.
        public var files: [CrawledFile] = []
        /// Directories that could not be listed, with the system's words; what was known below them is not gone.
        public var unreadableDirectories: [(path: RawPath, message: String)] = []
        /// Directory links not followed, because what they lead to is walked by its own name (a loop, or a second way).
        public var skippedLinks: [RawPath] = []
        /// Where the forbidden folder was met.
        public var forbiddenFolders: [RawPath] = []
    }

    /// The root is not there: unmounted, renamed, or not a directory.
    public struct RootMissing: Error, Equatable, Sendable, CustomStringConvertible {
        public var root: FilePath
        public var message: String

        public var description: String {
            "the root \(root) cannot be read (\(message)); mount it again, or remove it from shogo.yaml"
        }
    }

    /// What earlier crawls know of the root.
    public struct Knowledge {
        /// Files as the last whole crawl left them.
        public var files: (RawPath) -> KnownFile?
        /// Files that a crawl has read since, which was stopped before it was done.
        public var read: [RawPath: KnownFile]

        public init(files: @escaping (RawPath) -> KnownFile? = { _ in nil }, read: [RawPath: KnownFile] = [:]) {
            self.files = files
            self.read = read
        }
    }

    /// Crawls `folder` below the root (empty: everything). Cost: one `stat` per file, one read per file that is new or changed.
    ///
    /// `watch` hears of every directory entry before anything is asked about it and, with `nil`, that some bytes of it were read; `found`
    /// hears of every file that was read.
    public func crawl(
        folder: RawPath = RawPath(""), known: Knowledge = Knowledge(), watch: @escaping (RawPath?) -> Void = { _ in },
        found: @escaping (CrawledFile) -> Void = { _ in }
    ) throws(RootMissing) -> Result {
        var walk = CrawlerWalk(crawler: self, folder: folder, known: known, watch: watch, found: found)
        watch(folder)
        var status = stat()
        let start = root.appending(folder)
        guard start.withPlatformString({ stat($0, &status) }) == 0 else {
            throw RootMissing(root: start, message: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw RootMissing(root: start, message: "not a directory")
        }
        walk.enter(folder, status)
        // Links to directories come last: what they lead to may have been walked by its own name.
        while let link = walk.nextLink() {
            walk.follow(link)
        }
        walk.result.files.sort { $0.path < $1.path }
        walk.result.skippedLinks.sort()
        return walk.result
    }
}
