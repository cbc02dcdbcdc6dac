/// Changes to the segments of a JPEG file.
enum JPEGMutation {
    static func apply(to bytes: inout [UInt8], _ dice: inout Dice) {
        let segments = segments(bytes)
        guard let segment = segments.randomElement(using: &dice) else { return }
        let scan = segments.last?.upperBound ?? 2
        switch dice.below(11) {
        case 0: bytes[segment.lowerBound + 1] = dice.pick(markers)
        case 1: bytes.write(dice.edge(), width: 2, at: segment.lowerBound + 2, little: false)
        case 2: for _ in 0..<3 { bytes[segment.lowerBound + 4 + dice.below(segment.count - 4)] = dice.byte() }
        case 3: bytes.insert(contentsOf: Array(bytes[segment]), at: dice.pick(segments).lowerBound)
        case 4: bytes.removeSubrange(segment)
        case 5: bytes.insert(contentsOf: [0xFF, dice.pick(markers), 0, UInt8(2 + dice.below(12))], at: scan + dice.below(bytes.count - scan))
        case 6: bytes.insert(contentsOf: [0xFF, dice.pick([0xD0, 0xD7, 0xD8, 0xD9, 0xFF])], at: scan + dice.below(bytes.count - scan))
        case 7:
            // The frame: precision, height, width, and how many components are sampled how.
            guard let frame = frame(bytes, segments) else { return }
            bytes.write(dice.edge(), width: dice.pick([1, 2]), at: frame + 4 + dice.below(6), little: false)
        case 8:
            guard let frame = frame(bytes, segments) else { return }
            bytes.write(UInt64(dice.pick([0x11, 0x12, 0x21, 0x22, 0x14, 0x41, 0x44, 0x13, 0x31, 0])), width: 1, at: frame + 11 + 3 * dice.below(3), little: false)
        case 9:
            // Many scans of one small file: an attack on time.
            guard let start = segments.last, bytes[start.lowerBound + 1] == 0xDA else { return }
            let whole = Array(bytes[start.lowerBound...].prefix(dice.pick([16, 200, 4000])))
            for _ in 0..<min(dice.pick([3, 60, 1000]), FuzzCase.mostBytes / whole.count) { bytes.insert(contentsOf: whole, at: start.lowerBound) }
        default: bytes.insert(contentsOf: exif(&dice), at: 2)
        }
    }

    private static let markers: [UInt8] = Array(0xC0...0xCF) + [0xD8, 0xD9, 0xDA, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF, 0xE0, 0xE1, 0xE2, 0xEE, 0xFE, 1, 0]

    /// Segments with a length up to and with the first start of scan, each with at least one byte of body.
    private static func segments(_ bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var at = 2
        while let length = bytes.read(width: 2, at: at + 2, little: false), bytes[at] == 0xFF, length > 2, at + 2 + Int(length) <= bytes.count {
            found.append(at..<(at + 2 + Int(length)))
            if bytes[at + 1] == 0xDA { break }
            at += 2 + Int(length)
        }
        return found
    }

    private static func frame(_ bytes: [UInt8], _ segments: [Range<Int>]) -> Int? {
        segments.first { (0xC0...0xCF).contains(bytes[$0.lowerBound + 1]) && bytes[$0.lowerBound + 1] != 0xC4 }?.lowerBound
    }

    /// An EXIF segment whose directory may lie anywhere.
    private static func exif(_ dice: inout Dice) -> [UInt8] {
        let orientation = UInt8(dice.below(10))
        var block: [UInt8] = [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]
        if dice.chance(1, in: 2) { block.write(dice.edge(), width: 4, at: dice.pick([4, 8, 10, 12, 14]), little: true) }
        let length = UInt8(block.count + 8)
        return [0xFF, 0xE1, 0, length, 0x45, 0x78, 0x69, 0x66, 0, 0] + block
    }
}
