import Documents
import Parsing
import Testing

@Suite("Damaged files")
struct HostileTests {
    private static let pictures = ["g4-two-pages.tif", "lzw.tif", "grey.tif", "cmyk.tif", "turned-6.jpg", "rgb.png", "clear.png"]
    private static let texts: [String] = [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE t [<!ENTITY e \"x&#65;\">]><t xml:lang='ja'><title>手順 &e;</title><p a='1'>b</p></t>",
        "---\na: b\n---\n# 題\n\n![a](b.jpg) [c](d) <img src='x.png'>\n1. e\n```\nf\n```\n| g | h |\n",
        "図番 A-1023 は図面/pump.tif\n\n① P/N 123-456 100mm\n警告\n",
    ]

    /// A document or a failure with words; anything else would have stopped the test.
    private func read(_ bytes: [UInt8], _ name: String = "file.md") {
        switch outcome(bytes, name: name) {
        case .failure(let failure): #expect(!failure.message.isEmpty)
        case .images(let pages):
            #expect(!pages.isEmpty)
            for page in pages.prefix(2) { _ = try? ContentParser(limits: ParsingLimits()).decodePage(page.number, of: bytes, longestSide: 8) }
        case .companion: break
        case .sheet(let sheet): #expect(!sheet.title.isEmpty && !sheet.fragments.isEmpty)
        }
    }

    @Test("Every truncation of a picture is a document or a failure with a reason", arguments: pictures)
    func truncatedPictures(name: String) throws {
        let bytes = try fixture(name)
        for count in 0..<bytes.count { read(Array(bytes.prefix(count))) }
        // Half a picture must not pass as whole.
        #expect(outcome(Array(bytes.prefix(bytes.count / 2))).reason != nil)
    }

    @Test("Every truncation of a text is a document or a failure with a reason", arguments: texts)
    func truncatedTexts(text: String) {
        let bytes = Array(text.utf8)
        for count in 0..<bytes.count { read(Array(bytes.prefix(count))) }
    }

    @Test("Flipped bytes never stop the parser", arguments: 0..<8)
    func flipped(seed: Int) throws {
        var generator = SeededGenerator(state: UInt64(seed))
        var sources = try Self.pictures.map { try fixture($0) }
        sources += Self.texts.map { Array($0.utf8) }
        var limits = ParsingLimits()
        limits.maxPixels = 1 << 20
        for source in sources {
            for _ in 0..<60 {
                var bytes = source
                for _ in 0..<Int.random(in: 1...6, using: &generator) {
                    bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
                }
                let result = outcome(bytes, name: "file.md", limits: limits)
                #expect(result == outcome(bytes, name: "file.md", limits: limits))
            }
        }
    }

    @Test("Random bytes never stop the parser")
    func random() {
        var generator = SeededGenerator(state: 42)
        for round in 0..<500 {
            var bytes = (0..<Int.random(in: 0...300, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
            if round.isMultiple(of: 2) { bytes = bytes.map { $0 | 0x80 } }
            read(bytes)
        }
    }

    @Test("Long runs of open brackets take no quadratic time")
    func brackets() {
        read(Array(String(repeating: "![", count: 20_000).utf8), "a.md")
        read(Array(String(repeating: "a.jpg.", count: 20_000).utf8), "a.txt")
        read(Array(String(repeating: "P/N ", count: 20_000).utf8), "a.txt")
    }
}
