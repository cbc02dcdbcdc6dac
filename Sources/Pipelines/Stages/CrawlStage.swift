import Crawling
import Documents
import Queueing
import Storage
import SystemPackage

/// Crawls the roots and records what is there; refuses, and changes nothing, when too much is gone.
struct CrawlStage {
    let archive: OpenWorkspace
    /// The share of known files, 0 to 1, that may be gone.
    let maxDelete: Double

    /// What a crawl found.
    struct Summary {
        var seen = 0, read = 0, unchanged = 0, gone = 0, unreadableFiles = 0
        /// Directories that could not be listed and links not followed, in words.
        var remarks: [String] = []

        var line: String {
            "\(seen) files, \(read) new or changed, \(unchanged) unchanged, \(gone) gone"
                + (unreadableFiles > 0 ? ", \(unreadableFiles) unreadable" : "")
        }
    }

    private struct RootCrawl {
        var root: Int64
        var known: [ArchiveFile]
        var result: Crawler.Result
        var gone: [ArchiveFile]
    }

    /// Crawls every root, or only `folder`; records nothing when `dryRun`.
    func run(only folder: FilePath? = nil, dryRun: Bool = false) throws -> Summary {
        let roots = try archive.roots(dryRun: dryRun)
        var crawls: [(crawl: RootCrawl, root: FilePath)] = []
        for (number, path) in roots {
            guard let below = Self.below(root: path, folder) else { continue }
            crawls.append((try crawl(number, path, below), path))
        }
        var summary = Summary()
        for (crawl, _) in crawls { Self.add(crawl, to: &summary) }
        try check(crawls)
        guard !dryRun else { return summary }

        for (crawl, _) in crawls {
            let known = Dictionary(uniqueKeysWithValues: crawl.known.map { ($0.path, $0) })
            try archive.catalog.recordCrawl(
                root: crawl.root, found: crawl.result.files.compactMap { Self.row($0, known: known[$0.path]) }, gone: crawl.gone.map(\.path))
        }
        if folder == nil { try forgetFormerRoots(roots.map(\.number)) }
        return summary
    }

    /// The part of `root` that a crawl of `folder` covers: everything, a folder in it, or nothing.
    private static func below(root: FilePath, _ folder: FilePath?) -> RawPath? {
        guard let folder else { return RawPath("") }
        var rest = folder
        return rest.removePrefix(root) ? rest.raw : nil
    }

    private func crawl(_ number: Int64, _ path: FilePath, _ folder: RawPath) throws -> RootCrawl {
        let prefix = folder.bytes.isEmpty ? [] : folder.bytes + [UInt8(ascii: "/")]
        let known = try archive.catalog.files(root: number).filter { $0.path.bytes.starts(with: prefix) }
        let result: Crawler.Result
        do throws(Crawler.RootMissing) {
            result = try Crawler(root: path, rules: IgnoreRules(patterns: archive.configuration.ignore)).crawl(
                folder: folder,
                known: Dictionary(uniqueKeysWithValues: known.map { ($0.path, KnownFile(stamp: $0.stamp, digest: $0.digest)) }))
        } catch {
            throw ShogoError(.deletionsRefused, "\(error); nothing was changed")
        }
        // A name that cannot be read may be a directory: a link to a share, or a mount point, that is dead today.
        let dead = result.files.filter { if case .unreadable = $0.outcome { true } else { false } }.map(\.path)
        // Only a crawl of the whole root can tell that a link leads to what has another name.
        let skipped = folder.bytes.isEmpty ? [] : result.skippedLinks
        let gone = Self.gone(known, found: Set(result.files.map(\.path)), closed: Set(result.unreadableDirectories.map(\.path) + dead + skipped))
        return RootCrawl(root: number, known: known, result: result, gone: gone)
    }

    /// Known files that are not among those found. What lies below a `closed` place may well be there: it stays as it was.
    static func gone(_ known: [ArchiveFile], found: Set<RawPath>, closed: Set<RawPath>) -> [ArchiveFile] {
        known.filter { file in
            guard !found.contains(file.path) else { return false }
            var place = file.path
            while !place.bytes.isEmpty {
                place = place.folder
                if closed.contains(place) { return false }
            }
            return true
        }
    }

    private static func add(_ crawl: RootCrawl, to summary: inout Summary) {
        summary.seen += crawl.result.files.count
        summary.gone += crawl.gone.count
        for file in crawl.result.files {
            switch file.outcome {
            case .read: summary.read += 1
            case .unchanged: summary.unchanged += 1
            case .unreadable: summary.unreadableFiles += 1
            case .ignored, .changing: break
            }
        }
        summary.remarks += crawl.result.unreadableDirectories.map { "cannot list \($0.path.display): \($0.message); what was known in it stays" }
        summary.remarks += crawl.result.skippedLinks.map { "\($0.display): not entered, it leads to a directory that has its own name in the archive" }
    }

    /// Refuses when more contents are gone than `maxDelete` allows: a share that is half mounted looks just so.
    private func check(_ crawls: [(crawl: RootCrawl, root: FilePath)]) throws {
        var stillThere: Set<ContentDigest> = []
        for (crawl, _) in crawls {
            let known = Dictionary(uniqueKeysWithValues: crawl.known.map { ($0.path, $0) })
            for file in crawl.result.files {
                if case .read(let digest) = file.outcome { stillThere.insert(digest) }
                if case .unchanged = file.outcome, let digest = known[file.path]?.digest { stillThere.insert(digest) }
            }
        }
        // A moved file is not a deletion: its content is still there.
        func deleted(_ files: [ArchiveFile]) -> [ArchiveFile] {
            files.filter { file in file.digest.map { !stillThere.contains($0) } ?? false }
        }
        // A mount point without its share is an empty directory, however small its part of the archive is.
        for (crawl, root) in crawls where crawl.result.files.isEmpty && maxDelete < 1 && !deleted(crawl.gone).isEmpty {
            throw ShogoError(
                .deletionsRefused,
                """
                the root \(root) is empty, and \(crawl.gone.count) files were known in it; nothing was changed. Mount it again, remove it from \
                shogo.yaml, or, if they were deleted on purpose, run again with --max-delete 1
                """)
        }
        let deleted = deleted(crawls.flatMap(\.crawl.gone))
        let known = crawls.flatMap(\.crawl.known).count { $0.digest != nil }
        guard Double(deleted.count) <= maxDelete * Double(known) else {
            let examples = deleted.prefix(3).map(\.path.display).joined(separator: ", ")
            throw ShogoError(
                .deletionsRefused,
                """
                \(deleted.count) of \(known) known files are gone (\(examples)\(deleted.count > 3 ? ", ..." : "")), more than --max-delete \
                \(maxDelete) allows; nothing was changed. If the share is mounted and they were deleted on purpose, run again with a higher --max-delete
                """)
        }
    }

    /// Drops the files of roots that `shogo.yaml` no longer names: the user took them out.
    private func forgetFormerRoots(_ current: [Int64]) throws {
        for number in try archive.catalog.roots().keys where !current.contains(number) {
            try archive.catalog.recordCrawl(root: number, found: [], gone: try archive.catalog.files(root: number).map(\.path))
        }
    }

    /// The row to write for a file; `nil` when the catalog has it already.
    private static func row(_ file: CrawledFile, known: ArchiveFile?) -> ArchiveFile? {
        var row = ArchiveFile(path: file.path, stamp: file.stamp, digest: nil, state: .read)
        switch file.outcome {
        case .unchanged: return nil
        case .read(let digest): row.digest = digest
        case .ignored(let rule): (row.state, row.message) = (.ignored, rule)
        case .changing: row.state = .changing
        case .unreadable(let message): (row.state, row.message) = (.unreadable, message)
        }
        return row == known ? nil : row
    }
}
