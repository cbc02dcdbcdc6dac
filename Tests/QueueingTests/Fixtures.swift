import Documents
import Foundation
import GRDB
import SystemPackage
import TestSupport

@testable import Queueing

/// A catalog in a folder of its own, and files made up for it.
final class Archive: Sendable {
    let directory = TemporaryDirectory()
    let catalog: Catalog

    init() throws { catalog = try Catalog(path: directory["catalog.sqlite"].string) }

    /// The jobs as they stand in the file.
    func jobs() throws -> [(state: String, contents: Int)] {
        try catalog.database.read { try Row.fetchAll($0, sql: "SELECT state, length(digests) / 32 AS contents FROM job").map { ($0["state"], $0["contents"]) } }
    }

    /// Replaces the queue by so many jobs, half of them done.
    func pretend(jobs: Int) throws {
        try catalog.database.write { database in
            try database.execute(sql: "DELETE FROM job")
            try database.execute(
                sql: """
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                    INSERT INTO job (stage, digests, state) SELECT 'describe', randomblob(64), CASE WHEN i <= ? / 2 THEN 'done' ELSE 'waiting' END FROM n
                    """, arguments: [jobs, jobs])
        }
    }

    /// A second handle on the same file, as another process has it.
    func another() throws -> Catalog { try Catalog(path: directory["catalog.sqlite"].string) }

    /// Records one file per digest in root 1 and answers the digests in order.
    @discardableResult
    func fill(_ count: Int, seed: UInt64 = 1) throws -> [ContentDigest] {
        var random = SplitMix64(seed: seed)
        let digests = (0..<count).map { _ in random.digest() }.sorted()
        let root = try catalog.root(RawPath("/archive"))
        try catalog.recordCrawl(root: root, found: digests.map { file($0.hex, $0) }, gone: [])
        return digests
    }

    func parsed(_ digests: [ContentDigest], _ result: Result<Document, ParsingFailure> = .success(page(1)), reader: String = "p") -> [ParsedContent] {
        digests.map { ParsedContent(digest: $0, reader: reader, result: result) }
    }

    /// Plans, leases and completes everything in one go.
    func parse(_ digests: [ContentDigest], _ result: Result<Document, ParsingFailure> = .success(page(1)), fingerprint: String = "p") throws {
        try catalog.plan(.parse, digests, version("p"))
        while let job = try catalog.lease(worker: "w", seconds: 60, version("p")) {
            let completed = try catalog.complete(job, parsed: parsed(job.digests, result, reader: fingerprint), version(fingerprint))
            precondition(completed)
        }
    }
}

extension Catalog {
    /// The fate and content of every file, in the order of roots and paths.
    func fates() throws -> [(location: FileLocation, digest: ContentDigest?, fate: FileFate)] {
        try database.read { database in
            let sql = "SELECT f.root, f.path, f.digest, f.state, c.outcome FROM file f LEFT JOIN content c ON c.digest = f.digest ORDER BY f.root, f.path"
            return try Row.fetchAll(database, sql: sql).map { row in
                (
                    FileLocation(root: row[0], path: RawPath(bytes: row[1] as Data)), (row[2] as Data?).map { ContentDigest(column: $0) },
                    Self.fate(row[3], outcome: row[4])
                )
            }
        }
    }
}

func file(_ path: String, _ digest: ContentDigest?, _ state: ArchiveFile.State = .read) -> ArchiveFile {
    ArchiveFile(path: RawPath(path), stamp: FileStamp(size: 1, modified: 2, changed: 3, inode: .max), digest: digest, state: state)
}

func page(_ numbers: Int...) -> Document {
    .images(numbers.map { PageImage(number: $0, storedWidth: 10, storedHeight: 20, orientation: 1, encoding: "PNG") })
}

let sheet = Sheet(
    format: .dita, encoding: "windows-31j", encodingConfidence: 0.75, title: "題", language: "ja", identifiers: ["P-1", "図 2"],
    fragments: [
        Fragment(kind: .title, place: .xpath("/task[1]/title[1]"), text: "題"), Fragment(kind: .step, place: .lines(first: 3, last: 5), text: "a 'b' \"c\""),
        Fragment(kind: .row, place: .lines(first: 7, last: 7), text: "z"),
    ],
    figures: [FigureReference(target: "../図/a.tif", name: "t/f", place: .xpath("/task[1]/fig[2]")), FigureReference(target: "ICN-1", isKey: true, place: .lines(first: 9, last: 9))])

/// A version of the parser: the fingerprints of its readers, always under the same limits.
func version(_ marks: String...) -> ParsingVersion { ParsingVersion(marks: marks, limits: "l") }
