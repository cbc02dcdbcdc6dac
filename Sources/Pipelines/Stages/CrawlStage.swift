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
    /// Hears of every step of the walk.
    var watch: (RawPath?) -> Void = { _ in }

    /// What a crawl found.
    struct Summary {
        var seen = 0, read = 0, unchanged = 0, gone = 0, unreadableFiles = 0
        /// Directories that could not be listed and links not followed, in words.
        var remarks: [String] = []
        /// Directories that could not be listed.
        var unreadableFolders = 0

        var line: String {
            "\(seen) files, \(read) new or changed, \(unchanged) unchanged, \(gone) gone"
                + (unreadableFiles > 0 ? ", \(unreadableFiles) unreadable" : "")
        }
    }

    private struct RootCrawl {
        var root: Int64
        var path: FilePath
        /// What was known below the folder that was crawled.
        var known: [RawPath: ArchiveFile]
        var result: Crawler.Result
        var gone: [ArchiveFile]
        /// What was known below places that could not be read, as it is now: it may well be there.
        var hidden: [ArchiveFile]
    }

    /// Crawls every root, or only `folder`; records nothing when `dryRun`.
    func run(only folder: FilePath? = nil, dryRun: Bool = false) throws -> Summary {
        try OpenWorkspace.checkDistinct(archive.configuration.roots, archive.workspace)
        let roots = try archive.roots(dryRun: dryRun)
        var crawls: [RootCrawl] = []
        for (number, path) in roots {
            guard let below = Self.below(root: path, folder) else { continue }
            crawls.append(try crawl(number, path, below, staging: !dryRun))
        }
        var summary = Summary()
        for crawl in crawls { Self.add(crawl, to: &summary) }
        try check(crawls)
        guard !dryRun else { return summary }

        for crawl in crawls {
            // Then an unchanged file has its row already.
            let isCalm = !crawl.known.values.contains { $0.digest != nil && $0.state != .read }
            let found = crawl.result.files.compactMap { file in
                isCalm && file.outcome == .unchanged ? nil : Self.row(file, known: crawl.known[file.path])
            } + crawl.hidden.filter { $0 != crawl.known[$0.path] }
            try archive.catalog.recordCrawl(root: crawl.root, found: found, gone: crawl.gone.map(\.path))
        }
        if folder == nil { try forgetFormerRoots(roots.map(\.number)) }
        return summary
    }

    /// The part of `root` that a crawl of `folder` covers: everything, a folder in it, or nothing.
    private static func below(root: FilePath, _ folder: FilePath?) -> RawPath? {
        guard let folder else { return RawPath("") }
        var rest = folder
        if rest.removePrefix(root) { return rest.raw }
        return FileIdentity.place(of: folder, below: root)?.raw
    }

    private func crawl(_ number: Int64, _ path: FilePath, _ folder: RawPath, staging: Bool) throws -> RootCrawl {
        let prefix = folder.bytes.isEmpty ? [] : folder.bytes + [UInt8(ascii: "/")]
        var known = Dictionary(uniqueKeysWithValues: try archive.catalog.files(root: number).map { ($0.path, $0) })
        if !prefix.isEmpty { known = known.filter { $0.key.bytes.starts(with: prefix) } }
        let crawler = Crawler(root: path, rules: IgnoreRules(patterns: archive.configuration.ignore), forbidden: archive.workspace.forbiddenFolder)
        let staged = CrawlStaging(catalog: archive.catalog, root: number)
        let read = staging ? try staged.known() : [:]
        var result: Crawler.Result
        do throws(Crawler.RootMissing) {
            result = try crawler.crawl(
                folder: folder,
                known: Crawler.Knowledge(
                    files: { path in known[path].map { KnownFile(stamp: $0.stamp, digest: $0.digest) } }, read: read),
                watch: watch, found: { if staging { staged.add($0) } })
        } catch {
            throw ShogoError(.deletionsRefused, "\(error); nothing was changed")
        }
        // A name that leads nowhere may be a directory: a link to a share, or a mount point, that is dead today.
        if result.files.contains(where: Self.isDead) {
            let folders = Self.folders(of: known.keys)
            for file in result.files where file.isOfUnknownKind && folders.contains(file.path) {
                guard case .unreadable(let words) = file.outcome else { continue }
                result.unreadableDirectories.append((file.path, words))
            }
        }
        let closed = Set(result.unreadableDirectories.map(\.path))
        result.files.removeAll { Self.isDead($0) && closed.contains($0.path) }
        // Only a crawl of the whole root can tell that a link leads to what has another name.
        let skipped = folder.bytes.isEmpty ? [] : Set(result.skippedLinks)
        let unseen = Self.unseen(known, result.files)
        let (gone, hidden) = Self.missing(unseen, closed: closed, skipped: skipped)
        return RootCrawl(root: number, path: path, known: known, result: result, gone: gone, hidden: hidden)
    }

    /// Known files that the crawl did not meet, in byte order.
    private static func unseen(_ known: [RawPath: ArchiveFile], _ files: [CrawledFile]) -> [ArchiveFile] {
        // On most nights every known file is met unchanged.
        guard files.count(where: { $0.outcome == .unchanged }) < known.count else { return [] }
        let met = Set(files.map(\.path))
        return known.values.filter { !met.contains($0.path) }.sorted { $0.path < $1.path }
    }

    private static func isDead(_ file: CrawledFile) -> Bool {
        if case .unreadable = file.outcome { true } else { false }
    }

    private static func isIgnored(_ file: CrawledFile) -> Bool {
        if case .ignored = file.outcome { true } else { false }
    }

    /// Every folder that files lie in or below.
    private static func folders(of paths: some Sequence<RawPath>) -> Set<RawPath> {
        var folders: Set<RawPath> = []
        for path in paths {
            var folder = path.folder
            while !folder.bytes.isEmpty, folders.insert(folder).inserted { folder = folder.folder }
        }
        return folders
    }

    /// Known files that were not found: gone, or hidden below a `closed` place. What lies below `skipped` ones stays as it was.
    static func missing(_ unseen: [ArchiveFile], closed: Set<RawPath>, skipped: Set<RawPath>) -> (gone: [ArchiveFile], hidden: [ArchiveFile]) {
        var gone: [ArchiveFile] = [], hidden: [ArchiveFile] = []
        for file in unseen {
            var place = file.path, isKept = false
            while !place.bytes.isEmpty, !isKept {
                place = place.folder
                isKept = closed.contains(place) || skipped.contains(place)
            }
            guard isKept else {
                gone.append(file)
                continue
            }
            guard closed.contains(place) else { continue }
            var row = file
            if file.state != .ignored {
                (row.state, row.message) = (.unreadable, "it lies below \(place.bytes.isEmpty ? "the root" : place.display), which cannot be listed")
            }
            hidden.append(row)
        }
        return (gone, hidden)
    }

    private static func add(_ crawl: RootCrawl, to summary: inout Summary) {
        summary.seen += crawl.result.files.count + crawl.hidden.count
        summary.gone += crawl.gone.count
        summary.unreadableFiles += crawl.hidden.count { $0.state == .unreadable }
        summary.unreadableFolders += crawl.result.unreadableDirectories.count
        for file in crawl.result.files {
            switch file.outcome {
            case .read: summary.read += 1
            case .unchanged: summary.unchanged += 1
            case .unreadable: summary.unreadableFiles += 1
            case .ignored, .changing: break
            }
        }
        summary.remarks += crawl.result.unreadableDirectories.map {
            "cannot list \($0.path.bytes.isEmpty ? crawl.path.raw.display : $0.path.display): \($0.message); what was known in it stays"
        }
        summary.remarks += crawl.result.skippedLinks.map { "\($0.display): not entered, it leads to a directory that has its own name in the archive" }
        summary.remarks += crawl.result.forbiddenFolders.map { "\($0.display): not entered, it is the workspace" }
    }

    /// Refuses when more contents are gone, or known and not to be read, than `maxDelete` allows: a share that is half mounted looks just so.
    private func check(_ crawls: [RootCrawl]) throws {
        guard crawls.contains(where: { !$0.gone.isEmpty || !$0.hidden.isEmpty || $0.result.files.contains(where: Self.isDead) }) else { return }
        var stillThere: Set<ContentDigest> = []
        for crawl in crawls {
            for file in crawl.result.files {
                if case .read(let digest) = file.outcome { stillThere.insert(digest) }
                if case .unchanged = file.outcome, let digest = crawl.known[file.path]?.digest { stillThere.insert(digest) }
            }
        }
        // A moved file is not a deletion: its content is still there.
        func lost(_ files: [ArchiveFile]) -> [ArchiveFile] {
            files.filter { file in file.digest.map { !stillThere.contains($0) } ?? false }
        }
        // A mount point without its share is an empty directory, however small its part of the archive is; desktops leave files there all the same.
        for crawl in crawls where crawl.result.files.allSatisfy(Self.isIgnored) && crawl.hidden.isEmpty && maxDelete < 1 && !lost(crawl.gone).isEmpty {
            throw ShogoError(
                .deletionsRefused,
                """
                the root \(crawl.path) is empty\(crawl.result.files.isEmpty ? "" : " but for files that are ignored"), and \(crawl.gone.count) files were known in it; nothing was changed. Mount it again, remove it from \
                shogo.yaml, or, if they were deleted on purpose, run again with --max-delete 1
                """)
        }
        let deleted = lost(crawls.flatMap(\.gone))
        let unreadable = lost(crawls.flatMap { crawl in
            crawl.hidden + crawl.result.files.filter(Self.isDead).compactMap { crawl.known[$0.path] }
        })
        let known = crawls.reduce(0) { $0 + $1.known.values.count { $0.digest != nil } }
        guard Double(deleted.count + unreadable.count) <= maxDelete * Double(known) else {
            func examples(_ files: [ArchiveFile]) -> String {
                files.prefix(3).map(\.path.display).joined(separator: ", ") + (files.count > 3 ? ", ..." : "")
            }
            let what = [
                deleted.isEmpty ? nil : "\(deleted.count) of \(known) known files are gone (\(examples(deleted)))",
                unreadable.isEmpty ? nil : "\(unreadable.count) of \(known) known files cannot be read (\(examples(unreadable)))",
            ].compactMap(\.self).joined(separator: ", and ")
            throw ShogoError(
                .deletionsRefused,
                """
                \(what): more than --max-delete \(maxDelete) allows; nothing was changed. Mount the share or give the rights back. If files were \
                deleted on purpose, run again with a higher --max-delete; what is known of files that cannot be read stays even then
                """)
        }
    }

    /// Drops the files of roots that `shogo.yaml` no longer names: the user took them out.
    private func forgetFormerRoots(_ current: [Int64]) throws {
        for number in try archive.catalog.roots().keys where !current.contains(number) {
            try archive.catalog.recordCrawl(root: number, found: [], gone: try archive.catalog.files(root: number).map(\.path))
        }
    }

    /// The row to write for a file; `nil` when the catalog has it already. What cannot be read today keeps what was known of it, with the
    /// stamp of that reading, so that it is unchanged or read anew as soon as it can be.
    private static func row(_ file: CrawledFile, known: ArchiveFile?) -> ArchiveFile? {
        var row = ArchiveFile(path: file.path, stamp: file.stamp, digest: nil, state: .read)
        if let known, let digest = known.digest { (row.stamp, row.digest) = (known.stamp, digest) }
        switch file.outcome {
        case .unchanged: break
        case .read(let digest): (row.stamp, row.digest) = (file.stamp, digest)
        case .ignored(let rule):
            (row.stamp, row.digest, row.state, row.message) = (file.stamp, nil, .ignored, rule)
            // Nobody asks when a file changed that nobody reads.
            if let known, known.state == .ignored { row.stamp = known.stamp }
        case .changing: row.state = .changing
        case .unreadable(let message): (row.state, row.message) = (.unreadable, message)
        }
        return row == known ? nil : row
    }
}
