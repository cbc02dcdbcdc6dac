import Documents
import TestSupport
import Testing

@Suite("Raw paths")
struct RawPathTests {
    /// Bytes that the display treats specially, and pieces of characters of every length.
    static let pieces: [[UInt8]] = [
        [0x41], [0x5C], Array(#"\x41"#.utf8), [0x78], [0x0A], [0x7F], [0x00], [0x2F], [0x80], [0xC2], [0xC2, 0x85], [0xE3, 0x81], [0xE3, 0x81, 0x82],
        [0xF0, 0x9F], [0xF0, 0x9F, 0x98, 0x80], [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xFE], [0xFF], [0xE2, 0x80, 0xA8], [0xE9], [0x65, 0xCC, 0x81], [0xC3, 0xA9],
    ]

    @Test("Distinct bytes have distinct displays, on one line, whatever the bytes are")
    func displayIsInjective() {
        var random = SplitMix64(seed: 1)
        var seen: [[UInt8]: [UInt8]] = [:]
        var paths = Self.pieces
        for a in Self.pieces { for b in Self.pieces { paths.append(a + b) } }
        for _ in 0..<3_000 { paths.append((0..<Int.random(in: 1...6, using: &random)).flatMap { _ in Self.pieces.randomElement(using: &random)! }) }
        for _ in 0..<2_000 { paths.append(random.bytes(Int.random(in: 0...8, using: &random))) }
        for bytes in paths {
            let display = RawPath(bytes: bytes).display
            // By bytes: Swift's String equality takes NFC and NFD for one.
            #expect(seen.updateValue(bytes, forKey: Array(display.utf8)) ?? bytes == bytes, "\(display) stands for two paths")
            #expect(!display.unicodeScalars.contains { $0.properties.generalCategory == .control || $0 == "\u{2028}" || $0 == "\u{2029}" })
        }
    }

    @Test(
        "Displays escape exactly what is not plain text",
        arguments: [
            ("図面/第1章.tif", "図面/第1章.tif"), ("a\\b", #"a\\b"#), ("a\nb\u{7F}", #"a\x0Ab\x7F"#), ("\u{85}", #"\xC2\x85"#), ("", ""), ("\u{2028}", #"\xE2\x80\xA8"#),
        ])
    func displayOfText(_ text: String, _ display: String) {
        #expect(RawPath(text).display == display)
    }

    @Test("A Shift JIS name is escaped byte by byte, its ASCII kept")
    func displayOfShiftJIS() {
        #expect(RawPath(bytes: [0x90, 0x7D, 0x96, 0xCA, 0x31, 0x2E, 0x74, 0x69, 0x66]).display == #"\x90}\x96\xCA1.tif"#)
    }

    @Test(
        "Name, stem and folder split at the last slash and the last dot",
        arguments: [
            ("a/b/c.tif", "a/b", "c.tif", "c"), ("c.tar.gz", "", "c.tar.gz", "c.tar"), (".hidden", "", ".hidden", ".hidden"),
            ("a.b/c", "a.b", "c", "c"), ("a/.x.y", "a", ".x.y", ".x"), ("", "", "", ""), ("a/b.", "a", "b.", "b"),
        ])
    func parts(_ path: String, _ folder: String, _ name: String, _ stem: String) {
        let path = RawPath(path)
        #expect(path.folder == RawPath(folder) && path.name == RawPath(name) && path.stem == RawPath(stem))
        #expect(path.folder.appending(path.name) == path)
    }

    @Test("Paths are in byte order, so NFC and NFD are two paths and capitals come first")
    func order() {
        let paths = [[0x41], [0x61], [0x65, 0xCC, 0x81], [0xC3, 0xA9], [0xFF], [0xFF, 0x00]].map { RawPath(bytes: $0) }
        #expect(paths.shuffled().sorted() == paths)
        #expect(Set(paths).count == 6)
    }
}

@Suite("Documents")
struct DocumentTests {
    @Test("A digest survives its hexadecimal form, and hex order is byte order")
    func hex() {
        var random = SplitMix64(seed: 2)
        let digests = (0..<200).map { _ in random.digest() }
        for digest in digests { #expect(ContentDigest(hex: digest.hex) == digest) }
        #expect(digests.sorted().map(\.hex) == digests.map(\.hex).sorted())
    }

    @Test(
        "Anything but 64 lower-case digits is no digest",
        arguments: [
            "", String(repeating: "0", count: 63), String(repeating: "0", count: 65), String(repeating: "A", count: 64),
            String(repeating: "g", count: 64), String(repeating: "０", count: 64), " " + String(repeating: "0", count: 63),
        ])
    func notHex(_ text: String) {
        #expect(ContentDigest(hex: text) == nil)
    }

    @Test("Only 32 bytes make a digest")
    func length() {
        for count in [0, 31, 33] { #expect(ContentDigest(bytes: [UInt8](repeating: 0, count: count)) == nil) }
    }

    @Test("Orientations 5 to 8 turn the sides of a page", arguments: 1...8)
    func orientation(_ orientation: Int) {
        let page = PageImage(number: 1, storedWidth: 3, storedHeight: 2, orientation: orientation, encoding: "")
        #expect((page.uprightWidth, page.uprightHeight) == (orientation < 5 ? (3, 2) : (2, 3)))
    }

    @Test("Items are ordered by digest, then page; locations by root, then path")
    func orders() {
        var random = SplitMix64(seed: 3)
        let (low, high) = { $0 < $1 ? ($0, $1) : ($1, $0) }(random.digest(), random.digest())
        let items = [Item(digest: low, page: 1), Item(digest: low, page: 10), Item(digest: high, page: 2)]
        #expect(items.reversed().sorted() == items)
        let places = [FileLocation(root: 1, path: RawPath("z")), FileLocation(root: 2, path: RawPath("a")), FileLocation(root: 2, path: RawPath("b"))]
        #expect(places.reversed().sorted() == places)
    }

    @Test("Every reason has advice, and just two count as unsupported")
    func reasons() {
        #expect(ReasonCode.allCases.allSatisfy { $0.advice.hasSuffix(".") })
        #expect(ReasonCode.allCases.filter(\.isUnsupported) == [.unsupportedFormat, .unsupportedVariant])
    }
}
