import Documents
import Testing

@Suite("Resolution")
struct ResolutionTests {
    private func dotsPerInch(_ bytes: [UInt8]) throws -> Int? {
        guard case .images(let pages) = outcome(bytes) else { throw ParsingFailure(.damaged, outcome(bytes).message ?? "") }
        return pages[0].dotsPerInch
    }

    /// One black pixel; `unit` is that of TIFF: 1 none, 2 inch, 3 centimetre.
    private func tiff(resolution: UInt32, over: UInt32, unit: UInt32) -> [UInt8] {
        func little(_ value: UInt32, _ width: Int) -> [UInt8] { (0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
        // Tag, type (3 short, 4 long, 5 rational), value; the rational lies behind the directory, the pixel behind it.
        let entries: [(UInt32, UInt32, UInt32)] = [
            (256, 3, 1), (257, 3, 1), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 146), (278, 3, 1), (279, 4, 1), (282, 5, 138), (296, 3, unit),
        ]
        var bytes = Array("II*\0".utf8) + little(8, 4) + little(UInt32(entries.count), 2)
        for (tag, type, value) in entries { bytes += little(tag, 2) + little(type, 2) + little(1, 4) + little(value, 4) }
        return bytes + little(0, 4) + [0, 0, 0, 0] + little(resolution, 4) + little(over, 4) + [0]
    }

    @Test("TIFF tells dots per inch or per centimetre", arguments: [(300, 1, 2, 300), (4000, 10, 2, 400), (118, 1, 3, 300), (300, 1, 1, nil), (0, 1, 2, nil), (1, 0, 2, nil)] as [(UInt32, UInt32, UInt32, Int?)])
    func inTIFF(resolution: UInt32, over: UInt32, unit: UInt32, expected: Int?) throws {
        #expect(try dotsPerInch(tiff(resolution: resolution, over: over, unit: unit)) == expected)
    }

    @Test("JPEG tells it in JFIF", arguments: [(1, 300, 300), (2, 118, 300), (0, 300, nil)] as [(UInt8, Int, Int?)])
    func inJPEG(unit: UInt8, density: Int, expected: Int?) throws {
        var bytes = try fixture("turned-6.jpg")
        let pair = [UInt8(density >> 8), UInt8(density & 255)]
        let segment: [UInt8] = [0xFF, 0xE0, 0, 16] + Array("JFIF\0".utf8) + [1, 1, unit]
        bytes.insert(contentsOf: segment + pair + pair + [0, 0], at: 2)
        #expect(try dotsPerInch(bytes) == expected)
    }

    @Test("PNG tells it per metre")
    func inPNG() throws {
        var bytes = try fixture("rgb.png")
        let body = Array("pHYs".utf8) + [0, 0, 0x2E, 0x23, 0, 0, 0x2E, 0x23, 1]  // 11,811 a metre
        let sum = checksum(body)
        let end: [UInt8] = (0..<4).map { UInt8(truncatingIfNeeded: sum >> UInt32(24 - $0 * 8)) }
        bytes.insert(contentsOf: [0, 0, 0, 9] + body + end, at: 33)
        #expect(try dotsPerInch(bytes) == 300)
        #expect(try dotsPerInch(fixture("rgb.png")) == nil)
    }
}
