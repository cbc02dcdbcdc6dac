import Documents
import Parsing
import Testing

@Suite("Images")
struct ImageTests {
    private let parser = ContentParser(limits: ParsingLimits())

    private func pixel(_ bitmap: Bitmap, _ x: Int, _ y: Int) -> [Int] {
        let at = (y * bitmap.width + x) * 3
        return bitmap.pixels[at..<(at + 3)].map(Int.init)
    }

    private func colour(_ bitmap: Bitmap, _ x: Int, _ y: Int) -> String {
        let pixel = pixel(bitmap, x, y)
        return pixel[0] > 150 && pixel[1] < 110 ? "red" : pixel[1] > 150 && pixel[0] < 110 ? "green" : pixel[2] > 150 ? "blue" : "\(pixel)"
    }

    @Test(
        "Each kind of picture is described",
        arguments: [
            ("g4-two-pages.tif", "TIFF CCITT Group 4, bilevel"), ("grey.tif", "TIFF uncompressed, grey 8 bit"),
            ("rgb.tif", "TIFF uncompressed, RGB 8 bit"), ("cmyk.tif", "TIFF uncompressed, CMYK 8 bit"), ("lzw.tif", "TIFF LZW, RGB 8 bit"),
            ("turned-6.jpg", "JPEG baseline, RGB 8 bit"), ("rgb.png", "PNG RGB 8 bit"), ("clear.png", "PNG RGB with alpha 8 bit"),
        ])
    func described(name: String, encoding: String) throws {
        guard case .images(let pages) = outcome(try fixture(name)) else { throw ParsingFailure(.damaged, name) }
        #expect(pages.map(\.number) == Array(1...(name.hasPrefix("g4") ? 2 : 1)))
        #expect(pages.allSatisfy { $0.encoding == encoding && $0.storedWidth == 24 && $0.storedHeight == 16 })
        #expect(pages.first?.orientation == (name.hasPrefix("turned") ? 6 : 1))
    }

    @Test("Pixels come out in their colours, whatever the colour model")
    func colours() throws {
        for name in ["rgb.tif", "lzw.tif", "rgb.png"] {
            let bitmap = try parser.decodePage(1, of: try fixture(name), longestSide: 100)
            #expect(bitmap.width == 24 && bitmap.height == 16)
            #expect([colour(bitmap, 12, 0), colour(bitmap, 1, 12), colour(bitmap, 22, 12)] == ["green", "red", "blue"])
        }
        let grey = try parser.decodePage(1, of: try fixture("grey.tif"), longestSide: 100)
        #expect(pixel(grey, 5, 3) == [50, 50, 50])
        let cmyk = try parser.decodePage(1, of: try fixture("cmyk.tif"), longestSide: 100)
        #expect(colour(cmyk, 3, 3) == "red")
        let clear = try parser.decodePage(1, of: try fixture("clear.png"), longestSide: 100)
        #expect(pixel(clear, 3, 3) == [255, 255, 255])
    }

    @Test("Each page of a fax is its own picture")
    func pages() throws {
        let bytes = try fixture("g4-two-pages.tif")
        let first = try parser.decodePage(1, of: bytes, longestSide: 100)
        let second = try parser.decodePage(2, of: bytes, longestSide: 100)
        #expect(pixel(first, 0, 0) == [0, 0, 0] && pixel(first, 20, 0) == [255, 255, 255])
        #expect(pixel(second, 0, 0) == [255, 255, 255])
        #expect(throws: ParsingFailure.self) { try parser.decodePage(3, of: bytes, longestSide: 100) }
        #expect(throws: ParsingFailure.self) { try parser.decodePage(2, of: try fixture("rgb.png"), longestSide: 100) }
        #expect(throws: ParsingFailure.self) { try parser.decodePage(1, of: Array("text".utf8), longestSide: 100) }
    }

    @Test("All eight orientations are turned upright", arguments: 1...8)
    func orientation(value: Int) throws {
        var tiff = try fixture("turned-6.tif")
        var jpeg = try fixture("turned-6.jpg")
        let tag: [UInt8] = [0x12, 0x01, 3, 0, 1, 0, 0, 0, 6]
        for at in tiff.indices where tiff[at...].starts(with: tag) { tiff[at + 8] = UInt8(value) }
        for at in jpeg.indices where jpeg[at...].starts(with: tag) { jpeg[at + 8] = UInt8(value) }
        // Where the stored top (green) and the stored left (red) belong.
        let green = ["top", "top", "bottom", "bottom", "left", "right", "right", "left"][value - 1]
        let red = ["left", "right", "right", "left", "top", "top", "bottom", "bottom"][value - 1]
        for bytes in [tiff, jpeg] {
            let bitmap = try parser.decodePage(1, of: bytes, longestSide: 100)
            #expect(bitmap.width == (value >= 5 ? 16 : 24))
            let middle = (bitmap.width / 2, bitmap.height / 2)
            let sides = [
                "top": (middle.0, 0), "bottom": (middle.0, bitmap.height - 1), "left": (0, middle.1), "right": (bitmap.width - 1, middle.1),
            ]
            let greenAt = try #require(sides[green])
            let redAt = try #require(sides[red])
            #expect(colour(bitmap, greenAt.0, greenAt.1) == "green")
            #expect(colour(bitmap, redAt.0, redAt.1) == "red")
        }
    }

    @Test("A picture is reduced to the side that is asked for")
    func reduced() throws {
        for name in ["rgb.tif", "turned-6.jpg", "rgb.png"] {
            let bitmap = try parser.decodePage(1, of: try fixture(name), longestSide: 6)
            #expect(max(bitmap.width, bitmap.height) == 6 && min(bitmap.width, bitmap.height) == 4)
        }
    }

    @Test("More pixels or pages than the limit are refused")
    func limits() throws {
        var limits = ParsingLimits()
        limits.maxPixels = 24 * 16 - 1
        for name in ["rgb.tif", "turned-6.jpg", "rgb.png"] { #expect(outcome(try fixture(name), limits: limits).reason == .tooLarge) }
        limits = ParsingLimits()
        limits.maxPages = 1
        #expect(outcome(try fixture("g4-two-pages.tif"), limits: limits).reason == .tooManyPages)
    }
}
