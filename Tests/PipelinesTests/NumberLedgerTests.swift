import Documents
import Glibc
import Indexing
import LinearAlgebra
import Queueing
import Storage
import SystemPackage
import TestSupport
import Testing

@testable import Pipelines

@Suite("What is known of descriptors and codes on disk")
struct NumberLedgerTests {
    let directory = TemporaryDirectory()
    let archive: OpenWorkspace
    private let models = ["a", "b"].map { String(repeating: $0, count: 64) }

    init() throws {
        for number in 0..<3 { directory.write("\(number)", "archive/\(number)") }
        let workspace = Workspace(path: directory["ws"])
        try OpenWorkspace.create(workspace, roots: [directory["archive"]])
        archive = try OpenWorkspace(workspace)
        directory.makeFolder(RawPath("ws/descriptors"))
        try meetArchive()
    }

    /// Crawls, and takes every content for a sheet.
    private func meetArchive() throws {
        _ = try CrawlStage(archive: archive, maxDelete: 1).run()
        let version = archive.configuration.parsingVersion
        try archive.catalog.plan(.parse, try archive.catalog.contentsToParse(version), version)
        while let job = try archive.catalog.lease(worker: "w", seconds: 60, version) {
            let parsed = job.digests.map {
                ParsedContent(digest: $0, reader: version.marks[0], result: .success(.sheet(Sheet(format: .xml, encoding: "UTF-8", title: "", identifiers: [], fragments: [], figures: []))))
            }
            #expect(try archive.catalog.complete(job, parsed: parsed, version))
        }
    }

    private func digest(_ number: Int) -> ContentDigest { .sha256(of: Array("\(number)".utf8)) }

    private func encode(_ number: Int, _ model: String) throws {
        let path = archive.workspace.codeFile(digest(number), model: model)
        try AtomicFile.createDirectory(path.removingLastComponent())
        try CodeFile.encode(Matrix(rows: 1, columns: 4, values: [1, 0, 0, 0]), model: model).write(to: path)
    }

    /// Moves every folder's time back, so that it is old enough to be remembered.
    private func age(_ folder: FilePath) {
        var long = [timeval(tv_sec: 1_000_000_000, tv_usec: 0), timeval(tv_sec: 1_000_000_000, tv_usec: 0)]
        for bucket in (try? OpenFolder(folder).names()) ?? [] { #expect(utimes(folder.appending(bucket).string, &long) == 0) }
    }

    private func encoded(_ model: String) throws -> [ContentDigest] {
        try (ContentStages(archive: archive).encoded(model: model)[.sheet] ?? []).map(\.digest)
    }

    @Test("Codes that were deleted since the last snapshot end what the index step remembers")
    func deletedCodes() throws {
        for number in 0..<3 { try encode(number, models[0]) }
        let stage = IndexStage(archive: archive)
        let manifest = try stage.run(model: models[0], dimension: 4, score: nil, neighbours: 0)
        #expect(try stage.unchanged(model: models[0])?.digest == manifest.digest)
        unlink(archive.workspace.codeFile(digest(1), model: models[0]).string)
        #expect(try stage.unchanged(model: models[0]) == nil)
    }

    @Test("Going back to an earlier model finds its codes again")
    func earlierModel() throws {
        for model in models {
            for number in 0..<3 { try encode(number, model) }
            age(archive.workspace.codeFolder(model: model))
        }
        let all = (0..<3).map(digest).sorted()
        for model in models + models + models { #expect(try encoded(model) == all) }
        // What did not change hands is not listed each time.
        let before = try archive.catalog.revision(of: .encoded)
        #expect(try encoded(models[1]) == all)
        #expect(try archive.catalog.revision(of: .encoded) == before)
    }

    @Test("Publishing forgets the folders of models that are not used any more")
    func removedModel() throws {
        for model in models { try encode(0, model) }
        age(archive.workspace.codeFolder(model: models[0]))
        _ = try encoded(models[0])
        let name = "codes/" + models[0].prefix(32)
        try #require(try !archive.catalog.listingTimes(below: name).isEmpty)
        try encode(1, models[1])
        _ = try IndexStage(archive: archive).run(model: models[1], dimension: 4, score: nil, neighbours: 0)
        #expect(try archive.catalog.listingTimes(below: name).isEmpty)
    }

    @Test("Codes of contents that no crawl has met yet are found when one does, and are no change until then")
    func unmet() throws {
        for number in 0..<5 { try encode(number, models[0]) }
        age(archive.workspace.codeFolder(model: models[0]))
        #expect(try encoded(models[0]).count == 3)
        let before = try archive.catalog.revision(of: .encoded)
        #expect(try encoded(models[0]).count == 3)
        #expect(try archive.catalog.revision(of: .encoded) == before)
        for number in 3..<5 { directory.write("\(number)", "archive/\(number)") }
        try meetArchive()
        #expect(try encoded(models[0]) == (0..<5).map(digest).sorted())
    }

    @Test("A learn step asks anew when descriptors were deleted")
    func learnMemo() throws {
        let extractor = Extractor.name(.sheet)
        for number in 0..<3 {
            let path = archive.workspace.descriptorFile(digest(number), extractor: extractor)
            try AtomicFile.createDirectory(path.removingLastComponent())
            try AtomicFile.write([0], to: path)
        }
        let training = Training(archive: archive, progress: Progress(quiet: true))
        try training.memo().note("x")
        #expect(try training.memo().outcome() == "x")
        unlink(archive.workspace.descriptorFile(digest(1), extractor: extractor).string)
        #expect(try training.memo().outcome() == nil)
    }
}
