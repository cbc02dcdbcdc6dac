import Documents
import Parsing
import Testing

@Suite("Unusual pictures")
struct UnusualPictureTests {
    private let parser = ContentParser(limits: ParsingLimits())

    private func pages(_ bytes: [UInt8]) throws -> [PageImage] {
        guard case .images(let pages) = outcome(bytes) else { throw ParsingFailure(.damaged, outcome(bytes).message ?? "") }
        return pages
    }

    @Test("Of grey or palette planes, those without a meaning are left out", arguments: [1, 2, 3])
    func planes(extra: Int) throws {
        let half = [UInt8](repeating: 255, count: 30) + [UInt8](repeating: 0, count: 30)
        let planes = [half] + (0..<extra).map { _ in [UInt8](repeating: 77, count: 60) }
        let more: [(UInt16, MadeTIFF.Value)] = [(338, .short([UInt16](repeating: 0, count: extra)))]
        let grey = MadeTIFF(directories: [MadeTIFF.page(10, 6, planes: planes, more: more)]).bytes
        let bitmap = try parser.decodePage(1, of: grey, longestSide: 10)
        #expect(bitmap.pixels.prefix(90).allSatisfy { $0 == 255 } && bitmap.pixels.suffix(90).allSatisfy { $0 == 0 })
        var map = [UInt16](repeating: 0, count: 768)
        map[255] = 65535  // the last entry is red
        let palette = MadeTIFF(isLittle: false, directories: [MadeTIFF.page(10, 6, planes: planes, photometric: 3, more: more + [(320, .short(map))])]).bytes
        #expect(Array(try parser.decodePage(1, of: palette, longestSide: 10).pixels.prefix(3)) == [255, 0, 0])
    }

    private func reduced(_ sizes: [(Int, Int)], kind: UInt32 = 1) -> [UInt8] {
        MadeTIFF(directories: sizes.map { MadeTIFF.grey($0.0, $0.1, more: [(254, .long([kind]))]) }).bytes
    }

    @Test("Where every page is marked as reduced, the largest are the pages")
    func allReduced() throws {
        func widths(_ bytes: [UInt8]) throws -> [Int] { try pages(bytes).map(\.storedWidth) }
        #expect(try widths(reduced([(40, 60), (40, 60), (40, 60)])) == [40, 40, 40])
        #expect(try widths(reduced([(40, 60), (41, 58), (38, 60)], kind: 3)) == [40, 41, 38], "scans differ a little")
        #expect(try widths(reduced([(10, 15), (40, 60), (20, 30)])) == [40], "smaller pictures of one page")
        #expect(try widths(reduced([(40, 20), (40, 60)])) == [40, 40], "a short page is no reduced one")
        #expect(try widths(reduced([(40, 60), (30, 30)], kind: 4)) == [40], "masks are no pages")
        let mixed = MadeTIFF(directories: [MadeTIFF.grey(40, 60), MadeTIFF.grey(80, 90, more: [(254, .long([1]))])]).bytes
        #expect(try widths(mixed) == [40], "a page beside thumbnails")
    }

    @Test("Reduced pages count for the limit of pages")
    func tooMany() {
        var limits = ParsingLimits()
        limits.maxPages = 2
        #expect(outcome(reduced([(4, 4), (4, 4), (4, 4)]), limits: limits).reason == .tooManyPages)
    }

    private func camera(maker: String? = nil, first: [(UInt16, MadeTIFF.Value)] = [], photometric: UInt16, isLittle: Bool = true) -> [UInt8] {
        let make: [(UInt16, MadeTIFF.Value)] = maker.map { [(0x010F, .text($0))] } ?? []
        var sensor = MadeTIFF.Directory(entries: [(256, .long([4000])), (257, .long([3000])), (262, .short([photometric]))])
        sensor.isPage = false
        return MadeTIFF(isLittle: isLittle, directories: [MadeTIFF.grey(16, 12, more: make + first + [(330, .below([1]))]), sensor]).bytes
    }

    @Test("What a camera's sensor recorded is unsupported by name, not its small preview")
    func raw() {
        let canon = MadeTIFF(mark: Array("CR\u{2}\0\0\0\0\0".utf8), directories: [MadeTIFF.grey(16, 12)]).bytes
        let found = [
            canon, camera(maker: "NIKON CORPORATION", photometric: 32803, isLittle: false), camera(maker: "SONY", photometric: 32803),
            MadeTIFF(mark: Array("IIII\0waR".utf8), directories: [MadeTIFF.grey(16, 12)]).bytes,
            camera(first: [(0xC612, .bytes([1, 4, 0, 0]))], photometric: 34892), camera(maker: "Acme", photometric: 32803),
        ].map { outcome($0) }
        #expect(found.allSatisfy { $0.reason == .unsupportedVariant })
        for (outcome, name) in zip(found, ["Canon CR2", "Nikon NEF", "Sony ARW", "Phase One IIQ", "DNG", "Acme"]) { #expect(outcome.message?.contains("raw picture (\(name)") ?? false, "\(outcome)") }
        // A cut one is no less a raw picture.
        #expect(outcome(Array(camera(maker: "SONY", photometric: 32803).dropLast(40))).message?.contains("Sony ARW") ?? false)
    }

    @Test("A picture with a smaller one below it stays a picture")
    func noRaw() throws {
        // Pixels that stand where the marks would.
        for pixels in ["IIIIIIII", "CRCRCRCR", "MMMMMMMM"] {
            #expect(try pages(MadeTIFF(mark: Array(pixels.utf8) + Array(pixels.utf8), directories: [MadeTIFF.grey(16, 12)]).bytes).count == 1)
        }
        #expect(try pages(camera(maker: "NIKON", photometric: 1)).map(\.storedWidth) == [16])
    }

    @Test("Raw pictures of other structures are named", arguments: [
        ("FUJIFILMCCD-RAW 0201", "Fujifilm"), ("IIRO\u{8}\0\0\0", "Olympus"), ("IIU\0\u{18}\0\0\0", "Panasonic"), ("\0\0\0\u{18}ftypcrx \0\0\0\u{1}", "CR3"),
        ("\0\0\0\u{18}ftypavis\0\0\0\0", "AVIF"), ("\0\0\0\u{18}ftyphevc\0\0\0\0", "HEIF"),
    ])
    func otherRaw(start: String, name: String) {
        #expect(outcome(start).reason == .unsupportedFormat)
        #expect(outcome(start).message?.contains(name) ?? false)
    }

    @Test("An Apple PNG is unsupported, not damaged", arguments: [4, 8])
    func apple(count: Int) throws {
        var bytes = try fixture("rgb.png")
        let body = Array("CgBI".utf8) + [UInt8](repeating: 0x50, count: count)
        let sum = checksum(body)
        bytes.insert(contentsOf: [0, 0, 0, UInt8(count)] + body + (0..<4).map { UInt8(truncatingIfNeeded: sum >> UInt32(24 - $0 * 8)) }, at: 8)
        #expect(outcome(bytes).reason == .unsupportedVariant)
        #expect(outcome(bytes).message?.contains("CgBI") ?? false)
        #expect(throws: ParsingFailure.self) { try parser.decodePage(1, of: bytes, longestSide: 8) }
    }

    /// Where the codes of the first scan begin.
    private func scan(_ bytes: [UInt8]) throws -> Int {
        let start = try #require(bytes.indices.dropLast(3).first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xDA })
        return start + 2 + Int(bytes[start + 2]) << 8 + Int(bytes[start + 3])
    }

    @Test("Wrong codes in a JPEG leave a picture with a warning, or refuse one of which less than half is there",
        arguments: ["baseline-444-even.jpg", "baseline-420-even.jpg", "baseline-grey-even.jpg", "progressive-420-even.jpg", "three-scans.jpg"])
    func wrongCodes(name: String) throws {
        let bytes = try fixture("golden/" + name)
        let start = try scan(bytes)
        let whole = try parser.decodePage(1, of: bytes, longestSide: 1_000)
        var warned = 0
        for at in stride(from: start, to: bytes.count - 2, by: 3) {
            for value in [0x00, 0xFF, bytes[at] ^ 0x40] as [UInt8] {
                var damaged = bytes
                damaged[at] = value
                switch outcome(damaged) {
                case .images(let pages):
                    if pages[0].warning != nil { warned += 1 }
                    #expect(pages[0].storedWidth == whole.width)
                    #expect(try parser.decodePage(1, of: damaged, longestSide: 1_000).height == whole.height)
                case .failure(let failure): #expect([.damaged, .truncated, .tooLarge, .unsupportedVariant].contains(failure.reason))
                default: Issue.record("a JPEG is no text")
                }
            }
        }
        #expect(warned > 0)
    }

    @Test("What lies before a marker that does not belong there is kept when it is at least half", arguments: [(0.8, true), (0.1, false)])
    func strayMarker(share: Double, isKept: Bool) throws {
        var bytes = try fixture("golden/baseline-grey-even.jpg")
        let start = try scan(bytes)
        let at = start + Int(Double(bytes.count - 2 - start) * share)
        // A table that is none: fatal where markers are read, the end of the codes where pixels are.
        bytes.replaceSubrange(at..<(at + 4), with: [0xFF, 0xC4, 0xFF, 0xFF])
        let found = outcome(bytes)
        if isKept {
            guard case .images(let pages) = found else { throw ParsingFailure(.damaged, found.message ?? "") }
            #expect(pages[0].warning?.code == .damaged)
        } else {
            #expect(found.reason == .damaged)
        }
    }
}
