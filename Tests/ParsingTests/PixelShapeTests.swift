import Documents
import Parsing
import Testing

@Suite("Pixels that are not square")
struct PixelShapeTests {
    private let parser = ContentParser(limits: ParsingLimits())

    private func page(_ bytes: [UInt8], limits: ParsingLimits = ParsingLimits()) throws -> PageImage {
        guard case .images(let pages) = outcome(bytes, limits: limits) else { throw ParsingFailure(.damaged, outcome(bytes).message ?? "") }
        return pages[0]
    }

    private func tiff(across: UInt32, down: UInt32, unit: UInt16 = 2, orientation: UInt16 = 1) -> [UInt8] {
        // The upper half is black.
        let pixels = [UInt8](repeating: 0, count: 60 * 20) + [UInt8](repeating: 255, count: 60 * 20)
        let more: [(UInt16, MadeTIFF.Value)] = [(282, .rational(across, 1)), (283, .rational(down, 1)), (296, .short([unit])), (274, .short([orientation]))]
        return MadeTIFF(directories: [MadeTIFF.page(60, 40, planes: [pixels], more: more)]).bytes
    }

    @Test(
        "A TIFF page has as many pixels as square ones would be, in the finer resolution",
        arguments: [
            (204, 98, 2, 60, 83, 204), (100, 200, 2, 120, 40, 200), (80, 38, 3, 60, 84, 203), (2, 1, 1, 60, 80, nil), (204, 196, 2, 60, 42, 204),
            (300, 300, 2, 60, 40, 300), (301, 300, 2, 60, 40, 301), (300, 72, 2, 60, 40, 300), (300, 0, 2, 60, 40, 300),
        ] as [(UInt32, UInt32, UInt16, Int, Int, Int?)])
    func inTIFF(across: UInt32, down: UInt32, unit: UInt16, width: Int, height: Int, dots: Int?) throws {
        let bytes = tiff(across: across, down: down, unit: unit)
        let page = try page(bytes)
        #expect((page.uprightWidth, page.uprightHeight) == (width, height))
        #expect(page.dotsPerInch == dots)
        let bitmap = try parser.decodePage(1, of: bytes, longestSide: 1_000)
        #expect((bitmap.width, bitmap.height) == (width, height))
        // What was the upper half still is.
        let middle = height / 2 * width * 3
        #expect(bitmap.pixels.prefix(middle - width * 3).allSatisfy { $0 == 0 })
        #expect(bitmap.pixels.dropFirst(middle + width * 3).allSatisfy { $0 == 255 })
    }

    @Test("A turned page is stretched before it is turned")
    func turned() throws {
        let page = try page(tiff(across: 200, down: 100, orientation: 6))
        #expect((page.uprightWidth, page.uprightHeight) == (80, 60))
        let small = try parser.decodePage(1, of: tiff(across: 200, down: 100, orientation: 6), longestSide: 40)
        #expect((small.width, small.height) == (40, 30))
    }

    @Test("The rows of a fax are stretched to full size, across and down", arguments: [(200, 100), (100, 200)] as [(UInt32, UInt32)])
    func bits(across: UInt32, down: UInt32) throws {
        // 9 columns of bits, the first and the last black.
        let rows = [UInt8](repeating: 0, count: 0) + (0..<5).flatMap { _ in [UInt8(0b1000_0000), UInt8(0b1000_0000)] }
        var page = MadeTIFF.page(9, 5, planes: [rows], photometric: 0, more: [(282, .rational(across, 1)), (283, .rational(down, 1))])
        page.entries = page.entries.map { $0.tag == 258 ? (tag: 258, value: .short([1])) : $0 }
        let bitmap = try parser.decodePage(1, of: MadeTIFF(directories: [page]).bytes, longestSide: 1_000)
        #expect((bitmap.width, bitmap.height) == (across > down ? (9, 10) : (18, 5)))
        let line = (0..<bitmap.width).map { bitmap.pixels[$0 * 3] }
        #expect(line == (across > down ? [0] + [UInt8](repeating: 255, count: 7) + [0] : [0, 0] + [UInt8](repeating: 255, count: 14) + [0, 0]))
    }

    @Test("Where square pixels would pass the limit, the finer direction gives way")
    func limit() throws {
        var limits = ParsingLimits()
        limits.maxPixels = 60 * 40
        let page = try page(tiff(across: 200, down: 100), limits: limits)
        #expect((page.uprightWidth, page.uprightHeight, page.dotsPerInch) == (30, 40, 100))
    }

    @Test("PNG tells it per metre or as a relation", arguments: [(8000, 4000, 1, 24, 32), (1, 2, 0, 48, 16), (2835, 2835, 1, 24, 16)] as [(UInt32, UInt32, UInt8, Int, Int)])
    func inPNG(across: UInt32, down: UInt32, unit: UInt8, width: Int, height: Int) throws {
        func big(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(24 - $0 * 8)) } }
        var bytes = try fixture("rgb.png")
        let body = Array("pHYs".utf8) + big(across) + big(down) + [unit]
        bytes.insert(contentsOf: big(9) + body + big(checksum(body)), at: 33)
        let page = try page(bytes)
        #expect((page.uprightWidth, page.uprightHeight) == (width, height))
        let bitmap = try parser.decodePage(1, of: bytes, longestSide: 1_000)
        #expect((bitmap.width, bitmap.height) == (width, height))
    }

    @Test("JPEG tells it in JFIF, or in EXIF where JFIF has no unit", arguments: [true, false])
    func inJPEG(isJFIF: Bool) throws {
        var bytes = try fixture("turned-6.jpg")
        let exif = MadeTIFF(isLittle: false, directories: [.init(entries: [(282, .rational(200, 1)), (283, .rational(100, 1)), (296, .short([2]))])]).bytes
        let body = Array("Exif\0\0".utf8) + exif
        let segment: [UInt8] = isJFIF ? [0xFF, 0xE0, 0, 16] + Array("JFIF\0".utf8) + [1, 1, 1, 0, 200, 0, 100, 0, 0] : [0xFF, 0xE1, 0, UInt8(body.count + 2)] + body
        bytes.insert(contentsOf: segment, at: 2)
        // 24 x 16, stored on its side.
        let page = try page(bytes)
        #expect((page.uprightWidth, page.uprightHeight) == (32, 24))
        for side in [1_000, 16, 5] {
            let bitmap = try parser.decodePage(1, of: bytes, longestSide: side)
            #expect((bitmap.width, bitmap.height) == (side >= 32 ? (32, 24) : side == 16 ? (16, 12) : (5, 4)))
        }
    }
}
