import Documents
import Foundation
import Parsing
import Testing

/// Where a machine has them: `<project>/../shared/data/reported`.
private let reported: URL? = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../shared/data/reported").standardized
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}()

@Suite("Inputs that people reported in public, made anew for measuring", .enabled(if: reported != nil))
struct ReportedTests {
    /// A file, words that are read in it in this order, and words that are not.
    struct Case: CustomTestStringConvertible, Sendable {
        var path: String
        var read: [String]
        var unread: [String]

        init(_ path: String, _ read: [String], not unread: [String] = []) { (self.path, self.read, self.unread) = (path, read, unread) }

        var testDescription: String { path }
    }

    private static let texts = [
        Case("ascii-with-nul/mid1.txt", ["Replace the pump seal", "1. Stop the pump", "2. Remove the four cover bolts."]),
        Case("base64-as-words/base64.md", ["Pump", "Stop the pump.", "Start the pump."], not: ["base64", "iVBOR"]),
        Case("base64-as-words/base64-img.md", ["Pump", "Stop the pump.", "Start."], not: ["base64"]),
        Case("base64-as-words/base64-ref.md", ["Pump", "Stop the pump."], not: ["base64"]),
        Case("base64-as-words/tei-binary.xml", ["Pump", "Stop."]),
        Case("block-elements-glued/glue.html", ["Torque 5 Nm", "Line one Line two", "Check the seal Clean the bore", "Hot surface"], not: ["Torque5", "oilM8", "BoltM8"]),
        Case("block-elements-glued/glue.dita", ["Tighten the bolt See the table. to 5 Nm. Use oil M8=5 and a cloth", "Bolt M8 Torque 5 Nm"], not: ["oilM8", "BoltM8"]),
        Case("cjk-companion-spaces/a2.xml", ["軸受を交換"]), Case("cjk-companion-spaces/h3.hocr", ["軸受を"]), Case("cjk-companion-spaces/p5.xml", ["軸受を交換する"]),
        Case("double-bom/double-bom.html", ["Pump", "Stop the pump."], not: ["DOCTYPE"]),
        Case("file-names-in-references/refs.html", ["wave～.png", "x#1.png", "q?.png", "half ポンプ.png"]),
        Case("halfwidth-kana-cp932/cp932-halfkana.txt", ["ﾎﾟﾝﾌﾟﾉ ﾃﾝｹﾝ", "1. ", "2. "]), Case("halfwidth-kana-cp932/hk-list.txt", ["ﾌﾞﾋﾝ ﾘｽﾄ"]),
        Case("halfwidth-kana-cp932/hk-mixed-kanji.txt", ["ﾎﾟﾝﾌﾟ点検ﾘｽﾄ"]),
        Case("html-body-text-order/body-text.html", ["Header", "First paragraph.", "1 2", "After table"]),
        Case("html-meta-charset/meta-8859-15.html", ["Prix : 15 € et œuvre"]), Case("html-meta-charset/meta-euc-short.html", ["弁"]),
        Case("html-meta-charset/meta-sjis-short.html", ["ﾎﾟﾝﾌﾟ 点検"]),
        Case("html-unclosed-tags/br300.html", ["Pump log", "Line 0 of the pump log", "Line 299"]), Case("html-unclosed-tags/img300.html", ["Photos", "p0.jpg", "p299.jpg"]),
        Case("html-unclosed-tags/meta300.html", ["Meta", "Text."]), Case("html-unclosed-tags/p300.html", ["Pump", "Paragraph 0", "Paragraph 299"]),
        Case("inline-runs-split/word.html", ["AB-1234", "Replace the shaft seal", "軸受を交換する", "Torque"]), Case("inline-runs-split/runs.dita", ["CO2", "H2O", "Ventil", "軸受"]),
        Case("inline-runs-split/runs-docbook.xml", ["Ventil"]),
        Case("jats-tex-math/jats-tex.xml", ["Flow of Q in pumps", "The flow p = 3 rises."], not: ["documentclass", "amsmath"]),
        Case("markdown-front-matter-and-escapes/esc.md", ["Valve AB_1234", "AB_1234-5", "DMC-S1000D-01", "check 5 < 6 bar"], not: ["&lt;", "nbsp", "\\_"]),
        Case("markdown-front-matter-and-escapes/front.md", ["Replace the pump seal", "First stop the pump.", "Tools"]),
        Case("ocr-companion-without-image-name/a2.xml", ["軸受を交換"]), Case("ocr-companion-without-image-name/a3_alto.xml", ["No file name here"]),
        Case("page-xml-table-cells/p2.xml", ["cell 0 0", "cell 0 1", "cell 1 0", "cell 1 1", "Below the table"]),
        Case("page-xml-text-choice/p1.xml", ["sondere Schrift daraus zu machen"], not: ["gondere"]),
        Case("ruby/ruby.html", ["軸受を交換する。部品番号 AB-1234"], not: ["じくうけ", "こうかん"]), Case("ruby/ruby-title.html", ["軸受の交換"]), Case("ruby/ruby-dita.dita", ["軸受を点検する。"]),
        Case("tei-choice/tei-choice.xml", ["Turn the valve and read the temperature of the boiler. The Werkzeug and machine.", "First word, new."], not: ["vavle", "ward"]),
        Case("undefined-entities/undef-ent.xml", ["&PRODUCT; manual", "Install &PRODUCT; on the host & start it."]),
        Case("utf32-bom/u32le-bom.txt", ["ポンプの点検手順", "① 電源を切る。"], not: ["\0"]),
        Case("xml-false-declaration/decl-false-1252-ja.xml", ["ポンプの点検"]), Case("xml-false-declaration/decl-false-sjis.xml", ["ポンプの点検"]),
    ]

    @Test("Texts are read as their writers meant them", arguments: texts)
    func reads(_ input: Case) throws {
        let text = try words(input.path)
        var rest = text[...]
        for expected in input.read {
            let found = try #require(rest.range(of: expected), "'\(expected)' is not in \(text)")
            rest = rest[found.lowerBound...]
        }
        for absent in input.unread { #expect(!text.contains(absent), "'\(absent)' is in \(text)") }
    }

    /// Numbers, figures, then all words of a document.
    private func words(_ path: String) throws -> String {
        switch try outcome(path) {
        case .sheet(let sheet): ([sheet.title] + sheet.figures.map(\.target) + sheet.identifiers + sheet.fragments.map(\.text)).joined(separator: "\n")
        case .companion(let companion): companion.pages.flatMap { $0.text.lines.map(\.text) }.joined(separator: "\n")
        case let other: "\(other)"
        }
    }

    private func outcome(_ path: String) throws -> Outcome {
        let bytes = Array(try Data(contentsOf: try #require(reported).appendingPathComponent(path)))
        return ParsingTests.outcome(bytes, name: String(path.split(separator: "/").last ?? ""))
    }

    @Test(
        "Pictures have the shape, the turn and the pages that they were made with",
        arguments: [
            ("exif-orientation-type/exif6-long-II.jpg", 200, 300, 1), ("exif-orientation-type/exif6-long-MM.jpg", 200, 300, 1),
            ("orientation-elsewhere/raw-tEXt6.png", 200, 300, 1), ("orientation-elsewhere/xmp6-iTXt.png", 200, 300, 1), ("orientation-elsewhere/xmp6-only.jpg", 200, 300, 1),
            ("non-square-pixels/fax-100x200.tif", 1_728, 2_200, 1), ("non-square-pixels/fax-204x98.tif", 1_728, 2_290, 1),
            ("jpeg-damaged-inside/one-bad-code.jpg", 640, 480, 1), ("tiff-all-pages-reduced/all-reduced.tif", 160, 120, 4), ("tiff-planar-grey-extra/grey-planar-extra.tif", 60, 50, 1),
        ])
    func pictures(_ path: String, width: Int, height: Int, pages: Int) throws {
        let result = try outcome(path)
        guard case .images(let images) = result else {
            Issue.record("\(path) is no picture: \(result)")
            return
        }
        #expect(images.count == pages && images.allSatisfy { $0.uprightWidth == width && $0.uprightHeight == height }, "\(images)")
    }

    @Test(
        "What is neither a sheet nor a picture that can be read is unsupported, and named",
        arguments: [
            ("camera-raw/fake.cr2", "Canon CR2"), ("cgbi-png/cgbi.png", "CgBI"), ("checksum-manifests/bagit.txt", "BagIt"),
            ("checksum-manifests/manifest-sha256.txt", "checksums"), ("text-formats-that-are-no-sheets/drawing.dxf", "DXF"),
            ("text-formats-that-are-no-sheets/image.tfw", "world file"), ("text-formats-that-are-no-sheets/key.pem", "PEM"),
            ("text-formats-that-are-no-sheets/mail.eml", "e-mail"), ("text-formats-that-are-no-sheets/part.stl", "STL"),
            ("text-formats-that-are-no-sheets/pic.ppm", "PPM"), ("xml-without-words/build.ditaval", "DITAVAL"), ("xml-without-words/catalog.xml", "XML catalog"),
            ("xmp-sidecars/DSC_0001.xmp", "XMP"), ("xmp-sidecars/DSC_0002.xmp", "XMP"),
        ])
    func unsupported(_ path: String, name: String) throws {
        let result = try outcome(path)
        #expect(result.reason?.isUnsupported == true && result.message?.contains(name) == true, "\(result)")
    }
}
