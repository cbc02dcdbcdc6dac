import Documents
import Glibc
import Storage
import SystemPackage

/// The state of one crawl.
struct CrawlerWalk {
    private struct Entry {
        var name: RawPath
        /// As the directory tells it, which needs no right to the file.
        var isDirectory: Bool
    }

    let crawler: Crawler
    let known: Crawler.Knowledge
    let watch: (RawPath?) -> Void
    let found: (CrawledFile) -> Void
    /// The root and the folder that is crawled, without links; what lies between them has names of its own.
    private let places: (root: FilePath, folder: FilePath)?
    var result = Crawler.Result()
    private var visited: Set<FileIdentity> = []
    /// Links to directories that are not followed yet, and how many of them are in order.
    private var directoryLinks: [RawPath] = [], ordered = 0

    init(crawler: Crawler, folder: RawPath, known: Crawler.Knowledge, watch: @escaping (RawPath?) -> Void, found: @escaping (CrawledFile) -> Void) {
        self.crawler = crawler
        self.known = known
        self.watch = watch
        self.found = found
        places =
            if let root = FileIdentity.resolved(crawler.root), let folder = FileIdentity.resolved(crawler.root.appending(folder)) { (root, folder) } else { nil }
    }

    /// The last of the links in byte order, so that two crawls follow them alike.
    mutating func nextLink() -> RawPath? {
        if ordered < directoryLinks.count { directoryLinks.sort() }
        let last = directoryLinks.popLast()
        ordered = directoryLinks.count
        return last
    }

    mutating func follow(_ link: RawPath) {
        watch(link)
        var status = stat()
        guard crawler.root.appending(link).withPlatformString({ stat($0, &status) }) == 0 else {
            result.unreadableDirectories.append((link, String(cString: strerror(errno))))
            return
        }
        // A crawl of the whole root meets it by its own name.
        if let places, let target = FileIdentity.resolved(crawler.root.appending(link)), target.starts(with: places.root), !target.starts(with: places.folder) {
            result.skippedLinks.append(link)
            return
        }
        enter(link, status, isLink: true)
    }

    /// Walks a directory and all below it, unless it was walked already under another name.
    mutating func enter(_ folder: RawPath, _ status: stat, isLink: Bool = false) {
        // A stack instead of recursion: archives nest deeper than thread stacks like.
        var pending = [(folder, status)]
        while let (folder, status) = pending.popLast() {
            if let forbidden = crawler.forbidden, forbidden.holds(status, at: folder, below: crawler.root, isLink: isLink) {
                result.forbiddenFolders.append(folder)
                continue
            }
            guard visited.insert(FileIdentity(status)).inserted else {
                result.skippedLinks.append(folder)
                continue
            }
            watch(folder)
            guard let directory = crawler.root.appending(folder).withPlatformString({ opendir($0) }) else {
                result.unreadableDirectories.append((folder, String(cString: strerror(errno))))
                continue
            }
            defer { closedir(directory) }
            let before = pending.count
            for entry in entries(of: directory, folder) {
                if let inner = visit(folder.appending(entry.name), entry, in: dirfd(directory)) { pending.append(inner) }
            }
            // The order tells by which name a directory is met that has two.
            pending[before...].sort { $0.0 < $1.0 }
        }
    }

    private mutating func entries(of directory: OpaquePointer, _ folder: RawPath) -> [Entry] {
        var entries: [Entry] = []
        errno = 0
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { RawPath(bytes: $0.prefix { $0 != 0 }) }
            if name.bytes != Array(".".utf8), name.bytes != Array("..".utf8) {
                entries.append(Entry(name: name, isDirectory: Int(entry.pointee.d_type) == DT_DIR))
            }
            errno = 0
        }
        if errno != 0 {
            result.unreadableDirectories.append((folder, String(cString: strerror(errno))))
        }
        return entries
    }

    /// Records a file, or returns a directory to walk. `directory` is open at the folder that the entry is in: a look costs one short name.
    private mutating func visit(_ path: RawPath, _ entry: Entry, in directory: CInt) -> (RawPath, stat)? {
        watch(path)
        var status = stat()
        let name = entry.name.bytes.map { CChar(bitPattern: $0) } + [0]
        guard fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            let message = String(cString: strerror(errno))
            // Gone since the directory was listed: the next run sees it as it is then.
            if errno == ENOENT { return nil }
            if entry.isDirectory {
                result.unreadableDirectories.append((path, message))
            } else {
                record(path, stat(), .unreadable(message))
            }
            return nil
        }
        let isLink = status.st_mode & S_IFMT == S_IFLNK
        if isLink, fstatat(directory, name, &status, 0) != 0 {
            record(path, stat(), .unreadable("a link that leads nowhere"))
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
            if let forbidden = crawler.forbidden, forbidden.holds(status, at: path, below: crawler.root, isLink: isLink) {
                record(path, status, .ignored(rule: "a file of the workspace"))
                return nil
            }
            let stamp = FileStamp(status)
            if let known = known.files(path), known.stamp == stamp, known.digest != nil {
                record(path, status, .unchanged)
            } else if let known = known.read[path], known.stamp == stamp, let digest = known.digest {
                record(path, status, .read(digest))
            } else {
                read(path, crawler.root.appending(path))
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
            watch(nil)
            builder.append(UnsafeRawBufferPointer(rebasing: block[..<got]))
            total += Int64(got)
        }
        var after = stat()
        guard fstat(descriptor, &after) == 0, FileStamp(after) == FileStamp(before), total == Int64(before.st_size) else {
            record(path, before, .changing)
            return
        }
        let file = CrawledFile(path: path, stamp: FileStamp(before), outcome: .read(builder.finalize()))
        result.files.append(file)
        found(file)
    }

    private mutating func record(_ path: RawPath, _ status: stat, _ outcome: CrawledFile.Outcome) {
        result.files.append(CrawledFile(path: path, stamp: FileStamp(status), outcome: outcome))
    }
}
