import Documents
import Parsing
import Testing

@Suite("Truncated and damaged pictures")
struct TruncationTests {
    private let parser = ContentParser(limits: ParsingLimits())

    private func warning(_ bytes: [UInt8]) -> PageWarning? {
        if case .images(let pages) = outcome(bytes) { pages.first?.warning } else { nil }
    }

    @Test(
        "A longer beginning of a picture is a failure, then a page with a warning, then a sound page",
        arguments: [
            "baseline-444-even.jpg", "baseline-420-even.jpg", "baseline-grey-even.jpg", "progressive-420-even.jpg", "three-scans.jpg",
            "progressive-grey-odd.jpg", "rgb-8bit.png", "grey-alpha-8bit.png", "rgb-8bit-interlaced.png",
        ])
    func beginnings(name: String) throws {
        let bytes = try fixture("golden/" + name)
        let states = (16...bytes.count).map { count in
            let beginning = Array(bytes.prefix(count))
            let found = warning(beginning)
            #expect(found == nil || found?.code == .truncated)
            return outcome(beginning).reason != nil ? 0 : found != nil ? 1 : 2
        }
        #expect(states == states.sorted(), "\(states)")
        #expect(states.contains(1) && states.last == 2)
        // A page with a warning holds at least half: its first rows are those of the whole picture.
        let kept = try #require(states.firstIndex(of: 1)) + 16
        #expect(kept > bytes.count / 4)
    }

    @Test("The rows of a cut strip are kept as far as they go", arguments: ["zip", "lzw", "packbits", "g4", "jpeg"])
    func strips(codec: String) throws {
        let bytes = try fixture("golden/cut-\(codec)-most.tif")
        #expect(warning(bytes)?.code == .truncated)
        let bitmap = try parser.decodePage(1, of: bytes, longestSide: 1_000)
        let whole = try parser.decodePage(1, of: try fixture(codec == "g4" ? "golden/white-none-strip.tif" : "golden/grey-none-strip.tif"), longestSide: 1_000)
        let half = bitmap.pixels.count / 2
        let differences = zip(bitmap.pixels.prefix(half), whole.pixels).map { abs(Int($0) - Int($1)) }
        #expect(differences.allSatisfy { $0 <= (codec == "jpeg" ? 40 : 0) })
        #expect(bitmap.pixels.suffix(bitmap.width * 3).allSatisfy { $0 == 255 })
        #expect(outcome(try fixture("golden/cut-\(codec)-few.tif")).reason == .truncated)
    }

    @Test("A fax with a bad line is kept with a warning", arguments: ["white-g31d-strip.tif", "white-g32d-strip.tif"])
    func fax(name: String) throws {
        let bytes = try fixture("golden/" + name)
        var found: Set<PageWarning.Code> = []
        for at in 8..<60 {
            var damaged = bytes
            damaged[at] ^= 0x10
            if let warning = warning(damaged) { found.insert(warning.code) }
        }
        #expect(found.contains(.damaged))
    }

    @Test("A multi-picture file shows its first picture and says so")
    func multiPicture() throws {
        guard case .images(let pages) = outcome(try fixture("golden/two-pictures.jpg")) else { throw ParsingFailure(.damaged, "") }
        #expect(pages.map(\.encoding) == ["JPEG MPO baseline, YCbCr 8 bit"])
    }

    @Test("JPEG samples of 12 bits are unsupported")
    func twelveBits() throws {
        var bytes = try fixture("golden/baseline-444-even.jpg")
        let frame = try #require(bytes.indices.dropLast(5).first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 })
        bytes[frame + 1] = 0xC1
        bytes[frame + 4] = 12
        #expect(outcome(bytes).reason == .unsupportedVariant)
    }

    @Test("A TIFF with wrong Deflate data near the end keeps the rows before them; less than half is no picture", arguments: [(800, true), (20, false)])
    func wrongDeflate(at: Int, isKept: Bool) throws {
        // Strips of 8 of its 20 rows begin at 8, 377 and 760.
        var bytes = try fixture("golden/rgb-zip-strip.tif")
        let whole = try parser.decodePage(1, of: bytes, longestSide: 1_000)
        for place in at..<(at + 40) { bytes[place] = 0xFF }
        guard isKept else {
            #expect(outcome(bytes).reason == .damaged)
            return
        }
        #expect(warning(bytes)?.code == .damaged)
        let kept = try parser.decodePage(1, of: bytes, longestSide: 1_000)
        #expect(kept.pixels.prefix(kept.pixels.count / 2) == whole.pixels.prefix(whole.pixels.count / 2))
    }

    /// Where the bodies of the chunks of pixels lie.
    private func pixels(of png: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var at = 8
        while at + 12 <= png.count {
            let length = png[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) }
            if png[(at + 4)..<(at + 8)].elementsEqual("IDAT".utf8) { found.append((at + 8)..<(at + 8 + length)) }
            at += length + 12
        }
        return found
    }

    @Test("A PNG with a wrong sum is kept with a warning", arguments: ["rgb-8bit.png", "grey-alpha-8bit.png", "rgb-8bit-interlaced.png"])
    func wrongSums(name: String) throws {
        let bytes = try fixture("golden/" + name)
        let last = try #require(pixels(of: bytes).last)
        var chunk = bytes
        chunk[last.upperBound] ^= 1
        #expect(warning(chunk)?.code == .damaged)
        #expect(try parser.decodePage(1, of: chunk, longestSide: 1_000) == parser.decodePage(1, of: bytes, longestSide: 1_000))
        // The last four bytes are the sum of all rows.
        var stream = bytes
        stream[last.upperBound - 1] ^= 1
        #expect(warning(stream)?.code == .damaged)
        let kept = try parser.decodePage(1, of: stream, longestSide: 1_000), whole = try parser.decodePage(1, of: bytes, longestSide: 1_000)
        #expect(kept.pixels.prefix(kept.pixels.count / 2) == whole.pixels.prefix(whole.pixels.count / 2) || name.contains("interlaced"))
        // The header's sum makes it no picture.
        var header = bytes
        header[29] ^= 1
        #expect(outcome(header).reason == .damaged)
    }

    @Test("A PNG with wrong pixels near the end keeps the rows before them; less than half is no picture", arguments: ["rgb-8bit.png", "grey-alpha-8bit.png"])
    func wrongPixels(name: String) throws {
        let bytes = try fixture("golden/" + name)
        let places = pixels(of: bytes).flatMap { $0 }
        let whole = try parser.decodePage(1, of: bytes, longestSide: 1_000)
        func damaged(_ share: Double) -> [UInt8] {
            var bytes = bytes
            for place in places.dropFirst(Int(Double(places.count) * share)) { bytes[place] = 0xFF }
            return bytes
        }
        let late = damaged(0.9)
        #expect(warning(late)?.code == .damaged)
        let kept = try parser.decodePage(1, of: late, longestSide: 1_000)
        #expect(kept.width == whole.width && kept.height == whole.height)
        #expect(outcome(damaged(0.1)).reason == .damaged)
    }
}
