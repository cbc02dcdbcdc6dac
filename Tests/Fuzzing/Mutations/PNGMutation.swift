/// Changes to the chunks of a PNG file, with checksums that fit, so that the data reach the decoder behind them.
enum PNGMutation {
    static func apply(to bytes: inout [UInt8], _ dice: inout Dice) {
        var chunks = chunks(bytes)
        guard !chunks.isEmpty else { return }
        let index = dice.below(chunks.count)
        switch dice.below(9) {
        case 0...1:
            guard !chunks[index].data.isEmpty else { return }
            for _ in 0..<dice.pick([1, 2, 8]) { chunks[index].data[dice.below(chunks[index].data.count)] = dice.byte() }
        case 2: chunks[index].claimed = UInt32(truncatingIfNeeded: dice.edge())
        case 3: chunks.insert(chunks[index], at: dice.below(chunks.count + 1))
        case 4: chunks.remove(at: index)
        case 5: chunks.swapAt(index, dice.below(chunks.count))
        case 6: chunks.insert(made(&dice), at: min(1, chunks.count))
        case 7: chunks[0].data.write(dice.edge(), width: dice.pick([1, 4]), at: dice.pick([0, 4, 8, 9, 10, 11, 12]), little: false)
        default: chunks = picture(&dice) + chunks.suffix(1)
        }
        bytes = Array(bytes.prefix(8)) + chunks.flatMap(\.bytes)
    }

    private struct Chunk {
        var name: [UInt8]
        var data: [UInt8]
        var claimed: UInt32?

        var bytes: [UInt8] {
            let length = claimed ?? UInt32(data.count)
            return length.bigEndianBytes + name + data + Checksum.crc32(name + data).bigEndianBytes
        }
    }

    private static func chunks(_ bytes: [UInt8]) -> [Chunk] {
        var found: [Chunk] = []
        var at = 8
        while let length = bytes.read(width: 4, at: at, little: false), at + 8 <= bytes.count {
            let end = at + 8 + Int(length)
            found.append(Chunk(name: Array(bytes[(at + 4)..<(at + 8)]), data: Array(bytes[(at + 8)..<max(at + 8, min(end, bytes.count))])))
            at = end + 4
        }
        return found
    }

    /// A chunk of a kind that the decoder interprets, of any length.
    private static func made(_ dice: inout Dice) -> Chunk {
        let name = dice.pick(["PLTE", "tRNS", "gAMA", "cHRM", "sBIT", "bKGD", "hIST", "iCCP", "sRGB", "eXIf", "pHYs", "tEXt", "zTXt", "iTXt", "sPLT", "tIME", "IDAT", "IEND", "fdAT"])
        let length = dice.pick([0, 1, 2, 3, 6, 9, 26, 256, 768, 769])
        return Chunk(name: Array(name.utf8), data: (0..<length).map { _ in dice.byte() })
    }

    /// A small picture of any colour model and depth, its pixels unpacked: filters and interlacing meet all kinds of rows.
    private static func picture(_ dice: inout Dice) -> [Chunk] {
        let (width, height) = (UInt32(1 + dice.below(40)), UInt32(1 + dice.below(40)))
        let colour = dice.pick([0, 2, 3, 4, 6] as [UInt8])
        let depth = dice.pick([1, 2, 4, 8, 16] as [UInt8])
        let header = width.bigEndianBytes + height.bigEndianBytes + [depth, colour, 0, 0, UInt8(dice.below(2))]
        let samples = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][Int(colour)] ?? 1
        let row = 1 + (Int(width) * samples * Int(depth) + 7) / 8
        let count = min(60_000, row * Int(height) + dice.pick([0, 0, 40, 4000]))
        let pixels = (0..<count).map { $0 % row == 0 ? UInt8(dice.below(5)) : dice.byte() }
        let palette = Chunk(name: Array("PLTE".utf8), data: (0..<(3 * (1 + dice.below(256)))).map { _ in dice.byte() })
        let data = Chunk(name: Array("IDAT".utf8), data: Checksum.stored(pixels))
        return [Chunk(name: Array("IHDR".utf8), data: header)] + (colour == 3 ? [palette] : []) + [data]
    }
}
