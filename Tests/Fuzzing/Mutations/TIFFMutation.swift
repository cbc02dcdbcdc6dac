/// Changes to the directories of a TIFF file: what its decoder believes before it sees a pixel.
enum TIFFMutation {
    static func apply(to bytes: inout [UInt8], _ dice: inout Dice) {
        guard let file = TIFFLayout(bytes) else { return }
        guard !file.entries.isEmpty else { return bytes.write(dice.edge(), width: file.big ? 8 : 4, at: file.big ? 8 : 4, little: file.little) }
        let entry = dice.pick(file.entries)
        let (countAt, valueAt, wide) = file.big ? (entry + 4, entry + 12, 8) : (entry + 4, entry + 8, 4)
        switch dice.below(10) {
        case 0: bytes.write(UInt64(dice.pick(tags)), width: 2, at: entry, little: file.little)
        case 1: bytes.write(UInt64(dice.below(20)), width: 2, at: entry + 2, little: file.little)
        case 2: bytes.write(dice.edge(), width: wide, at: countAt, little: file.little)
        case 3: bytes.write(dice.edge(), width: wide, at: valueAt, little: file.little)
        case 4: bytes.write(UInt64(dice.below(bytes.count)), width: wide, at: valueAt, little: file.little)
        case 5:
            // One entry over another: a value that is right elsewhere.
            let size = file.big ? 20 : 12
            let other = dice.pick(file.entries)
            guard max(entry, other) + size <= bytes.count else { return }
            bytes.replaceSubrange(entry..<(entry + size), with: Array(bytes[other..<(other + size)]))
        case 6: if let next = file.nextLinks.randomElement(using: &dice) {
            let target = dice.chance(1, in: 2) ? dice.pick(file.directories) : dice.below(bytes.count)
            bytes.write(UInt64(target), width: wide, at: next, little: file.little)
        }
        default:
            // A short value that its tag knows: another decoder, or another reading of the same pixels.
            let tag = dice.pick(Array(meanings.keys).sorted())
            let place = file.entries.first { bytes.read(width: 2, at: $0, little: file.little) == UInt64(tag) } ?? entry
            bytes.write(UInt64(tag), width: 2, at: place, little: file.little)
            bytes.write(3, width: 2, at: place + 2, little: file.little)
            bytes.write(1, width: wide, at: place + 4, little: file.little)
            bytes.write(0, width: wide, at: place + 4 + wide, little: file.little)
            bytes.write(UInt64(dice.pick(meanings[tag] ?? [0])), width: 2, at: place + 4 + wide, little: file.little)
        }
    }

    private static let tags = [
        254, 255, 256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 280, 284, 292, 293, 317, 318, 319, 320, 322, 323, 324, 325, 330,
        332, 333, 338, 339, 340, 347, 512, 513, 514, 519, 520, 521, 529, 530, 531, 532, 32995, 34665, 34675, 37724, 42112, 50674, 65535,
    ]

    private static let meanings: [Int: [Int]] = [
        254: [0, 1, 2, 4], 258: [1, 2, 4, 6, 8, 10, 12, 14, 16, 24, 32, 64], 266: [1, 2], 274: Array(0...9),
        259: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 32766, 32771, 32773, 32809, 32895, 32908, 32946, 32947, 34661, 34676, 34677, 34712, 34887, 34925, 50000, 50001],
        262: [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 32803, 32844, 32845], 277: [0, 1, 2, 3, 4, 5, 6, 255, 65535], 278: [0, 1, 2, 7, 8, 65535],
        284: [0, 1, 2], 317: [1, 2, 3], 322: [0, 1, 15, 16, 64, 65535], 323: [0, 1, 16, 65535], 332: [1, 2], 338: [0, 1, 2], 339: [1, 2, 3, 4, 6],
        530: [0, 1, 2, 4, 8],
    ]
}

/// Where the entries of a TIFF file stand; believes nothing.
struct TIFFLayout {
    let little: Bool
    let big: Bool
    private(set) var directories: [Int] = []
    private(set) var entries: [Int] = []
    private(set) var nextLinks: [Int] = []

    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 16 else { return nil }
        little = bytes[0] == 0x49
        big = bytes[little ? 2 : 3] == 43
        var link = big ? 8 : 4
        let (countWidth, size, wide) = big ? (8, 20, 8) : (2, 12, 4)
        while directories.count < 8, let target = bytes.read(width: wide, at: link, little: little), target > 0, target < UInt64(bytes.count) {
            let start = Int(target)
            guard !directories.contains(start), let count = bytes.read(width: countWidth, at: start, little: little) else { return }
            directories.append(start)
            let first = start + countWidth
            let fitting = min(Int(clamping: count), 512, (bytes.count - first) / size)
            for index in 0..<max(0, fitting) { entries.append(first + index * size) }
            link = first + max(0, fitting) * size
            if link + wide <= bytes.count { nextLinks.append(link) }
        }
    }
}
