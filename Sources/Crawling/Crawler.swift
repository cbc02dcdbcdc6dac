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

    public init(root: FilePath, rules: IgnoreRules) {
        self.root = root
        self.rules = rules
    }

    /// What a crawl found.
    public struct Result: Sendable {
        /// Every file, in byte order of its path.
        public var files: [CrawledFile] = []
        /// Directories that could not be listed, with the system's words; what was known below them is not gone.
        public var unreadableDirectories: [(path: RawPath, message: String)] = []
        /// Directory links not followed, because what they lead to is walked by its own name (a loop, or a second way).
        public var skippedLinks: [RawPath] = []
    }

    /// The root is not there: unmounted, renamed, or not a directory.
    public struct RootMissing: Error, Equatable, Sendable, CustomStringConvertible {
        public var root: FilePath
        public var message: String

        public var description: String {
            "the root \(root) cannot be read (\(message)); mount it again, or remove it from shogo.yaml"
        }
    }

    /// Crawls `folder` below the root (empty: everything). Cost: one `stat` per file, one read per file that is new or changed.
    public func crawl(folder: RawPath = RawPath(""), known: [RawPath: KnownFile]) throws(RootMissing) -> Result {
        var walk = Walk(crawler: self, folder: folder, known: known)
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
        while let link = walk.directoryLinks.popLast() {
            walk.follow(link)
        }
        walk.result.files.sort { $0.path < $1.path }
        walk.result.skippedLinks.sort()
        return walk.result
    }
}

/// The state of one crawl.
private struct Walk {
    struct DirectoryID: Hashable {
        var device: UInt64
        var inode: UInt64
    }

    let crawler: Crawler
    let known: [RawPath: KnownFile]
    /// The root and the folder that is crawled, without links; what lies between them has names of its own.
    private let places: (root: FilePath, folder: FilePath)?
    var result = Crawler.Result()
    var visited: Set<DirectoryID> = []
    var directoryLinks: [RawPath] = []

    init(crawler: Crawler, folder: RawPath, known: [RawPath: KnownFile]) {
        self.crawler = crawler
        self.known = known
        places = if let root = Self.resolved(crawler.root), let folder = Self.resolved(crawler.root.appending(folder)) { (root, folder) } else { nil }
    }

    private static func resolved(_ path: FilePath) -> FilePath? {
        guard let resolved = path.withPlatformString({ realpath($0, nil) }) else { return nil }
        defer { free(resolved) }
        return FilePath(platformString: resolved)
    }

    mutating func follow(_ link: RawPath) {
        var status = stat()
        guard crawler.root.appending(link).withPlatformString({ stat($0, &status) }) == 0 else {
            result.unreadableDirectories.append((link, String(cString: strerror(errno))))
            return
        }
        // A crawl of the whole root meets it by its own name.
        if let places, let target = Self.resolved(crawler.root.appending(link)), target.starts(with: places.root), !target.starts(with: places.folder) {
            result.skippedLinks.append(link)
            return
        }
        enter(link, status)
    }

    /// Walks a directory and all below it, unless it was walked already under another name.
    mutating func enter(_ folder: RawPath, _ status: stat) {
        // A stack instead of recursion: archives nest deeper than thread stacks like.
        var pending = [(folder, status)]
        while let (folder, status) = pending.popLast() {
            guard visited.insert(DirectoryID(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))).inserted else {
                result.skippedLinks.append(folder)
                continue
            }
            for name in names(in: folder) {
                if let directory = visit(folder.appending(name)) { pending.append(directory) }
            }
        }
    }

    private mutating func names(in folder: RawPath) -> [RawPath] {
        guard let directory = crawler.root.appending(folder).withPlatformString({ opendir($0) }) else {
            result.unreadableDirectories.append((folder, String(cString: strerror(errno))))
            return []
        }
        defer { closedir(directory) }
        var names: [RawPath] = []
        errno = 0
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { RawPath(bytes: $0.prefix { $0 != 0 }) }
            if name.bytes != Array(".".utf8), name.bytes != Array("..".utf8) { names.append(name) }
            errno = 0
        }
        if errno != 0 {
            result.unreadableDirectories.append((folder, String(cString: strerror(errno))))
        }
        return names.sorted()
    }

    /// Records a file, or returns a directory to walk.
    private mutating func visit(_ path: RawPath) -> (RawPath, stat)? {
        let place = crawler.root.appending(path)
        var status = stat()
        guard place.withPlatformString({ lstat($0, &status) }) == 0 else {
            // Gone since the directory was listed: the next run sees it as it is then.
            if errno != ENOENT { record(path, status, .unreadable(String(cString: strerror(errno)))) }
            return nil
        }
        let isLink = status.st_mode & S_IFMT == S_IFLNK
        if isLink, place.withPlatformString({ stat($0, &status) }) != 0 {
            record(path, status, .unreadable("a link that leads nowhere"))
            return nil
        }
        let kind = status.st_mode & S_IFMT
        if let rule = crawler.rules.match(path, isDirectory: kind == S_IFDIR) {
            if kind != S_IFDIR { record(path, status, .ignored(rule: rule)) }
            return nil
        }
        switch kind {
        case S_IFDIR:
            guard isLink else { return (path, status) }
            directoryLinks.append(path)
        case S_IFREG:
            let stamp = FileStamp(status)
            if let known = known[path], known.stamp == stamp, known.digest != nil {
                record(path, status, .unchanged)
            } else {
                read(path, place)
            }
        default:
            record(path, status, .ignored(rule: "not a regular file"))
        }
        return nil
    }

    private mutating func read(_ path: RawPath, _ place: FilePath) {
        let descriptor = place.withPlatformString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        var before = stat()
        guard descriptor >= 0, fstat(descriptor, &before) == 0 else {
            let message = String(cString: strerror(errno))
            _ = place.withPlatformString { stat($0, &before) }
            record(path, before, .unreadable(message))
            return
        }
        defer { close(descriptor) }
        var builder = DigestBuilder()
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { block.deallocate() }
        var total: Int64 = 0
        while true {
            let got = Glibc.read(descriptor, block.baseAddress, block.count)
            if got < 0 {
                if errno == EINTR { continue }
                record(path, before, .unreadable(String(cString: strerror(errno))))
                return
            }
            if got == 0 { break }
            builder.append(UnsafeRawBufferPointer(rebasing: block[..<got]))
            total += Int64(got)
        }
        var after = stat()
        guard fstat(descriptor, &after) == 0, FileStamp(after) == FileStamp(before), total == Int64(before.st_size) else {
            record(path, before, .changing)
            return
        }
        record(path, before, .read(builder.finalize()))
    }

    private mutating func record(_ path: RawPath, _ status: stat, _ outcome: CrawledFile.Outcome) {
        result.files.append(CrawledFile(path: path, stamp: FileStamp(status), outcome: outcome))
    }
}
