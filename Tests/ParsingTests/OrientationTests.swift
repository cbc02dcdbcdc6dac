import Documents
import Parsing
import Testing

@Suite("Orientation, wherever it stands")
struct OrientationTests {
    private func orientation(_ bytes: [UInt8]) throws -> Int {
        guard case .images(let pages) = outcome(bytes) else { throw ParsingFailure(.damaged, outcome(bytes).message ?? "") }
        return pages[0].orientation
    }

    private func segment(_ body: [UInt8]) -> [UInt8] { [0xFF, 0xE1, UInt8((body.count + 2) >> 8), UInt8((body.count + 2) & 255)] + body }

    private func exif(_ value: MadeTIFF.Value, isLittle: Bool, below: Bool = false) -> [UInt8] {
        let directory = MadeTIFF.Directory(entries: [(0x0112, value)], isPage: !below)
        let made = MadeTIFF(isLittle: isLittle, directories: below ? [.init(entries: [(0x8769, .below([1]))]), directory] : [directory])
        return made.bytes
    }

    /// A JPEG without an orientation of its own.
    private func plainJPEG() throws -> [UInt8] { try fixture("golden/baseline-444-even.jpg") }

    private func jpeg(_ segments: [UInt8]...) throws -> [UInt8] {
        var bytes = try plainJPEG()
        bytes.insert(contentsOf: segments.joined(), at: 2)
        return bytes
    }

    private func xmp(_ packet: String) -> [UInt8] { segment(Array("http://ns.adobe.com/xap/1.0/\0".utf8) + Array(packet.utf8)) }

    private static let attribute = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:D xmlns:tiff=\"http://ns.adobe.com/tiff/1.0/\" tiff:Orientation=\"8\"/></x:xmpmeta>"
    private static let element = "<r:D xmlns:t='http://ns.adobe.com/tiff/1.0/'><t:Orientation>\n 8 </t:Orientation></r:D>"

    @Test("EXIF writes it as SHORT, LONG or BYTE, in either byte order, in the first directory or the one below", arguments: [true, false], [true, false])
    func types(isLittle: Bool, below: Bool) throws {
        for value in [MadeTIFF.Value.short([6]), .long([6]), .byte(6)] {
            #expect(try orientation(jpeg(segment(Array("Exif\0\0".utf8) + exif(value, isLittle: isLittle, below: below)))) == 6)
        }
    }

    @Test("XMP tells it as an attribute or an element, by whatever prefix", arguments: [attribute, element])
    func inXMP(packet: String) throws {
        #expect(try orientation(jpeg(xmp(packet))) == 8)
        let strange = packet.replacing("http://ns.adobe.com/tiff/1.0/", with: "http://example.org/")
        #expect(try orientation(jpeg(xmp(strange))) == 1)
    }

    @Test("The first valid one counts: EXIF before XMP, and what is no orientation not at all")
    func order() throws {
        func block(_ value: UInt16) -> [UInt8] { segment(Array("Exif\0\0".utf8) + exif(.short([value]), isLittle: true)) }
        #expect(try orientation(jpeg(xmp(Self.attribute), block(3))) == 3)
        #expect(try orientation(jpeg(block(1), xmp(Self.attribute))) == 1)
        #expect(try orientation(jpeg(block(0), xmp(Self.attribute))) == 8)
        #expect(try orientation(jpeg(block(9), block(6))) == 6)
    }

    private func png(_ chunks: (kind: String, body: [UInt8])..., behind: Bool = false) throws -> [UInt8] {
        var bytes = try fixture("rgb.png")
        func big(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(24 - $0 * 8)) } }
        let added = chunks.flatMap { kind, body in big(UInt32(body.count)) + Array(kind.utf8) + body + big(checksum(Array(kind.utf8) + body)) }
        bytes.insert(contentsOf: added, at: behind ? bytes.count - 12 : 33)
        return bytes
    }

    private func profile(_ block: [UInt8], name: String = "exif") -> [UInt8] {
        let hex = block.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        let lines = stride(from: 0, to: hex.count, by: 72).map { String(hex.dropFirst($0).prefix(72)) }
        return Array("\n\(name)\n\(String(repeating: " ", count: 5))\(block.count)\n\(lines.joined(separator: "\n"))\n".utf8)
    }

    /// A zlib stream that stores what it holds.
    private func stored(_ bytes: [UInt8]) -> [UInt8] {
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in bytes { low = (low + UInt32(byte)) % 65521; high = (high + low) % 65521 }
        let count = [UInt8(bytes.count & 255), UInt8(bytes.count >> 8)]
        return [0x78, 1, 1] + count + count.map { ~$0 } + bytes + [UInt8(high >> 8), UInt8(high & 255), UInt8(low >> 8), UInt8(low & 255)]
    }

    @Test("PNG tells it in eXIf, in a raw profile of any text chunk, or in XMP")
    func inPNG() throws {
        let block = exif(.short([6]), isLittle: false)
        let key = Array("Raw profile type exif\0".utf8), adobe = Array("XML:com.adobe.xmp\0".utf8)
        #expect(try orientation(png(("eXIf", block))) == 6)
        #expect(try orientation(png(("tEXt", key + profile(block)))) == 6)
        #expect(try orientation(png(("tEXt", Array("Raw profile type APP1\0".utf8) + profile(Array("Exif\0\0".utf8) + block)))) == 6)
        #expect(try orientation(png(("zTXt", key + [0] + stored(profile(block))))) == 6)
        #expect(try orientation(png(("iTXt", key + [0, 0, 0, 0] + profile(block)))) == 6)
        #expect(try orientation(png(("iTXt", adobe + [0, 0, 0, 0] + Array(Self.attribute.utf8)))) == 8)
        #expect(try orientation(png(("iTXt", adobe + [1, 0, 0, 0] + stored(Array(Self.element.utf8))), behind: true)) == 8)
        #expect(try orientation(png(("iTXt", adobe + [0, 0, 0, 0] + Array(Self.attribute.utf8)), ("tEXt", key + profile(block)))) == 6)
        #expect(try orientation(png(("tEXt", key + profile(block)), ("eXIf", exif(.long([3]), isLittle: true)))) == 3)
        #expect(try orientation(png(("eXIf", block), behind: true)) == 6)
        #expect(try orientation(png(("tEXt", key + profile(exif(.short([3]), isLittle: true))), ("eXIf", block), behind: true)) == 6)
    }

    @Test("Text chunks that are cut or hold nonsense tell nothing", arguments: ["\n", "\nexif\n", "\nexif\n 8\n4d4d0", "xx", ""])
    func nonsense(text: String) throws {
        for kind in ["tEXt", "zTXt", "iTXt"] {
            #expect(try orientation(png((kind, Array("Raw profile type exif\0".utf8) + Array(text.utf8)))) == 1)
        }
    }

    @Test("Packets and segments that repeat take no more than linear time")
    func repeated() throws {
        let bindings = String(repeating: " xmlns:t='http://ns.adobe.com/tiff/1.0/' t:Orientation='9'", count: 1000)
        let started = ContinuousClock.now
        #expect(try orientation(jpeg(xmp(bindings))) == 1)
        let empty = (0..<200).flatMap { _ in xmp(String(repeating: "x:y ", count: 15_000)) }
        var bytes = try plainJPEG()
        bytes.insert(contentsOf: empty, at: 2)
        #expect(try orientation(bytes) == 1)
        #expect(ContinuousClock.now - started < .seconds(20))
    }

    @Test("A TIFF page without one of its own has that of its EXIF directory or its XMP")
    func inTIFF() throws {
        func made(_ more: [(UInt16, MadeTIFF.Value)]) -> [UInt8] {
            let exif = MadeTIFF.Directory(entries: [(0x0112, .short([6]))], isPage: false)
            return MadeTIFF(directories: [MadeTIFF.grey(6, 4, more: more), exif]).bytes
        }
        #expect(try orientation(made([])) == 1)
        #expect(try orientation(made([(0x8769, .below([1]))])) == 6)
        #expect(try orientation(made([(700, .bytes(Array(Self.attribute.utf8)))])) == 8)
        #expect(try orientation(made([(0x0112, .short([3])), (0x8769, .below([1])), (700, .bytes(Array(Self.attribute.utf8)))])) == 3)
        #expect(try orientation(made([(0x0112, .long([5]))])) == 5)
    }
}
