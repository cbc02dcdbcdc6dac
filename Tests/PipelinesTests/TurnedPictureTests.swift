import Describing
import Documents
import Foundation
import Parsing
import Queueing
import Recognising
import Storage
import SystemPackage
import TestSupport
import Testing

@testable import Pipelines

@Suite("Scans that lie upside down", .enabled(if: (try? TextRecogniser(languages: ["jpn", "eng"])) != nil))
struct TurnedPictureTests {
    private let directory = TemporaryDirectory()
    private let archive: OpenWorkspace
    private let picture: [UInt8]
    private var catalog: Catalog { archive.catalog }

    init() throws {
        let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../RecognisingTests/Fixtures/english.png")
        let page = try ContentParser(limits: ParsingLimits()).decodePage(1, of: Array(try Data(contentsOf: fixture)), longestSide: 5_000, turn: 2)
        picture = try #require(PNGEncoder.encode(page))
        directory.write(picture, RawPath("archive/scan.png"))
        let workspace = Workspace(path: directory["ws"])
        try OpenWorkspace.create(workspace, roots: [directory["archive"]])
        archive = try OpenWorkspace(workspace)
    }

    private func work(_ stage: Job.Stage) async throws {
        var version = archive.configuration.parsingVersion
        let recognition = try TextRecogniser(languages: archive.configuration.languages).fingerprint
        version.recognition = recognition
        try catalog.plan(stage, try ContentStages(archive: archive, recognition: recognition).missing(stage, model: nil), version)
        let shogo = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("shogo").path
        let pool = WorkerPool(
            workspace: archive.workspace, catalog: catalog, stage: stage, executable: shogo, count: 1, version: version)
        try await pool.run { _ in }
    }

    private func described(turn: Int) throws -> ImageDescriptor {
        try picture.withUnsafeBufferPointer { try PageDescribing(parser: ContentParser(limits: ParsingLimits())).describe(1, of: $0, turn: turn) }
    }

    @Test("They are described anew as they can be read, once that is known, and as they lie again where a companion knows better", .timeLimit(.minutes(3)))
    func turned() async throws {
        let digest = ContentDigest.sha256(of: picture)
        let file = archive.workspace.descriptorFile(digest, extractor: ImageDescriber.fingerprint)
        func isDescribed() -> Bool { FileManager.default.fileExists(atPath: file.string) }

        _ = try CrawlStage(archive: archive, maxDelete: 1).run()
        try await work(.parse)
        try await work(.describe)
        #expect(try DescriptorFile.readPages(file) == [described(turn: 0)])

        try await work(.recognise)
        #expect(try catalog.pageText(digest, page: 1)?.turn == 2)
        #expect(!isDescribed())
        #expect(try catalog.isIndexStale())
        try await work(.describe)
        #expect(try DescriptorFile.readPages(file) == [described(turn: 2)])

        let alto = "<alto><Layout><Page WIDTH='100' HEIGHT='100'><PrintSpace><TextBlock><TextLine><String CONTENT='Pump'/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>"
        directory.write(alto, "archive/scan.xml")
        _ = try CrawlStage(archive: archive, maxDelete: 1).run()
        try await work(.parse)
        _ = try LinkStage(archive: archive).run()
        #expect(try catalog.pageText(digest, page: 1)?.source == .alto)
        #expect(!isDescribed())
        try await work(.describe)
        #expect(try DescriptorFile.readPages(file) == [described(turn: 0)])
    }

    @Test("The same page described upright gives the same numbers, and its regions lie where the file has them", arguments: [0, 1, 2, 3])
    func regions(turn: Int) throws {
        let parser = ContentParser(limits: ParsingLimits())
        let upright = try parser.decodePage(1, of: picture, longestSide: ImageDescriber.longestSide, turn: 2)
        #expect(try described(turn: 2).coarse == ImageDescriber().describe(upright).coarse)
        let page = try parser.decodePage(1, of: picture, longestSide: ImageDescriber.longestSide)
        let turned = try parser.decodePage(1, of: picture, longestSide: ImageDescriber.longestSide, turn: turn)
        let (found, mapped) = (ImageDescriber().describe(turned).regions, try described(turn: turn).regions)
        #expect(!found.isEmpty && found.count == mapped.count)
        for (box, there) in zip(found, mapped) { #expect(pixels(in: box, of: turned) == pixels(in: there, of: page)) }
    }

    /// The sum of what stands in a box, which no turn changes.
    private func pixels(in box: Box, of page: Bitmap) -> Int {
        func at(_ part: UInt16, _ whole: Int) -> Int { (Int(part) * whole + 32_767) / 65_535 }
        var sum = 0
        for y in at(box.top, page.height)..<at(box.bottom, page.height) {
            for x in at(box.left, page.width)..<at(box.right, page.width) { sum += Int(page.pixels[(y * page.width + x) * 3]) }
        }
        return sum
    }
}
