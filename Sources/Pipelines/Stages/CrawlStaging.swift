import Crawling
import Documents
import Queueing
import Foundation

/// Writes down what a crawl reads while it goes on, so that one that is stopped need not read it again. It changes nothing that is known:
/// the crawl decides at its end, when it has seen everything.
final class CrawlStaging {
    private static let mostFiles = 1_000
    private static let mostSeconds = 5.0

    private let catalog: Catalog
    private let root: Int64
    private var files: [ArchiveFile] = []
    private var written = Date.now

    init(catalog: Catalog, root: Int64) {
        self.catalog = catalog
        self.root = root
    }

    /// What crawls that were stopped have read.
    func known() throws -> [RawPath: KnownFile] {
        Dictionary(uniqueKeysWithValues: try catalog.stagedFiles(root: root).map { ($0.path, KnownFile(stamp: $0.stamp, digest: $0.digest)) })
    }

    func add(_ file: CrawledFile) {
        guard case .read(let digest) = file.outcome else { return }
        files.append(ArchiveFile(path: file.path, stamp: file.stamp, digest: digest, state: .read))
        guard files.count >= Self.mostFiles || Date.now.timeIntervalSince(written) > Self.mostSeconds else { return }
        // Only time is lost when it cannot be written; recording the crawl will say what is wrong.
        try? catalog.stage(files, root: root)
        files = []
        written = .now
    }
}
