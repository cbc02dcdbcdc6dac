import Documents
import Parsing
import Testing

@Suite("Reducing")
struct ReducingTests {
    private let parser = ContentParser(limits: ParsingLimits())

    /// A little-endian TIFF of one uncompressed strip.
    private func tiff(width: Int, height: Int, bits: Int, samples: Int, rows: [UInt8]) -> [UInt8] {
        func number(_ value: Int, _ bytes: Int) -> [UInt8] { (0..<bytes).map { UInt8(value >> (8 * $0) & 255) } }
        let photometric = samples == 3 ? 2 : 1
        let tags = [
            (256, width), (257, height), (258, bits), (259, 1), (262, photometric), (273, 8 + 2 + 10 * 12 + 4), (277, samples), (278, height),
            (279, rows.count), (284, 1),
        ]
        // Of the depth, one number stands for all samples.
        return [0x49, 0x49, 42, 0] + number(8, 4) + number(tags.count, 2)
            + tags.flatMap { number($0.0, 2) + number(4, 2) + number(1, 4) + number($0.1, 4) } + number(0, 4) + rows
    }

    /// The mean of the area that each pixel covers, from the definition.
    private func mean(_ pixels: [Int], width: Int, height: Int, to small: Bitmap, channels: Int) -> [UInt8] {
        (0..<(small.width * small.height * 3)).map { index in
            let channel = channels == 1 ? 0 : index % 3
            let (y, x) = (index / 3).quotientAndRemainder(dividingBy: small.width)
            var sum = 0
            for row in (y * height / small.height)..<height {
                let down = min((row + 1) * small.height, (y + 1) * height) - max(row * small.height, y * height)
                guard down > 0 else { break }
                for column in (x * width / small.width)..<width {
                    let across = min((column + 1) * small.width, (x + 1) * width) - max(column * small.width, x * width)
                    guard across > 0 else { break }
                    sum += pixels[(row * width + column) * channels + channel] * down * across
                }
            }
            return UInt8((sum + width * height / 2) / (width * height))
        }
    }

    @Test(
        "Bits, grey and colours give exactly the mean of the area, at any size",
        arguments: [(1, 1), (7, 3), (8, 8), (9, 700), (63, 40), (64, 64), (65, 2), (300, 31), (129, 600)])
    func exact(width: Int, height: Int) throws {
        var generator = SeededGenerator(state: UInt64(width * 1_000 + height))
        for side in [1, 5, 64, 1_000] {
            let bits = (0..<(width * height)).map { _ in Int.random(in: 0...1, using: &generator) }
            var packed = [UInt8](repeating: 0, count: (width + 7) / 8 * height)
            for (index, bit) in bits.enumerated() where bit == 1 {
                packed[index / width * ((width + 7) / 8) + index % width / 8] |= 0x80 >> UInt8(index % width % 8)
            }
            let bilevel = try parser.decodePage(1, of: tiff(width: width, height: height, bits: 1, samples: 1, rows: packed), longestSide: side)
            let black = bits.map { $0 * 255 }
            #expect(bilevel.pixels == mean(black, width: width, height: height, to: bilevel, channels: 1))
            let same = try parser.decodePage(
                1, of: tiff(width: width, height: height, bits: 8, samples: 1, rows: black.map(UInt8.init)), longestSide: side)
            #expect(same.pixels == bilevel.pixels)

            let levels = (0..<(width * height * 3)).map { _ in Int.random(in: 0...255, using: &generator) }
            let grey = try parser.decodePage(
                1, of: tiff(width: width * 3, height: height, bits: 8, samples: 1, rows: levels.map(UInt8.init)), longestSide: side)
            #expect(grey.pixels == mean(levels, width: width * 3, height: height, to: grey, channels: 1))
            let colour = try parser.decodePage(
                1, of: tiff(width: width, height: height, bits: 8, samples: 3, rows: levels.map(UInt8.init)), longestSide: side)
            #expect(colour.pixels == mean(levels, width: width, height: height, to: colour, channels: 3))
        }
    }
}
