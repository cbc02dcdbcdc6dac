/// Changes that need no knowledge of the format.
enum ByteMutation: CaseIterable {
    case flipBit, setByte, setNumber, addToNumber, truncate, insert, delete, overwrite, splice, repeated, swap

    static func apply(to bytes: inout [UInt8], _ dice: inout Dice, _ corpus: Corpus) {
        guard !bytes.isEmpty else { return bytes = [dice.byte()] }
        let at = dice.below(bytes.count)
        let rest = bytes.count - at
        switch dice.pick(allCases) {
        case .flipBit: bytes[at] ^= 1 << UInt8(dice.below(8))
        case .setByte: bytes[at] = dice.pick([0, 0xFF, 0x7F, 0x80, dice.byte()])
        case .setNumber: bytes.write(dice.edge(), width: dice.pick([1, 2, 4, 8]), at: at, little: dice.chance(1, in: 2))
        case .addToNumber:
            let (width, little) = (dice.pick([1, 2, 4, 8]), dice.chance(1, in: 2))
            let step = UInt64(1 + dice.below(32))
            let value = bytes.read(width: width, at: at, little: little) ?? 0
            bytes.write(dice.chance(1, in: 2) ? value &+ step : value &- step, width: width, at: at, little: little)
        case .truncate: bytes.removeLast(min(rest, dice.length(atMost: bytes.count)))
        case .insert:
            let value = dice.pick([0, 0xFF, 0x20, dice.byte()])
            bytes.insert(contentsOf: Array(repeating: value, count: dice.length(atMost: 65_536)), at: at)
        case .delete: bytes.removeSubrange(at..<(at + min(rest, dice.length(atMost: rest))))
        case .overwrite:
            let from = dice.below(bytes.count)
            let count = min(rest, bytes.count - from, dice.length(atMost: rest))
            bytes.replaceSubrange(at..<(at + count), with: Array(bytes[from..<(from + count)]))
        case .splice:
            let other = dice.pick(corpus.files)
            let from = dice.below(other.count)
            let count = min(other.count - from, dice.length(atMost: other.count))
            let replaced = dice.chance(1, in: 2) ? min(count, rest) : 0
            bytes.replaceSubrange(at..<(at + replaced), with: other[from..<(from + count)])
        case .repeated:
            let section = Array(bytes[at..<(at + min(rest, dice.length(atMost: 4096)))])
            let times = dice.pick([1, 2, 10, 100, 1000])
            for _ in 0..<min(times, FuzzCase.mostBytes / section.count) { bytes.insert(contentsOf: section, at: at) }
        case .swap:
            let count = min(rest / 2, dice.length(atMost: rest))
            let (first, second) = (Array(bytes[at..<(at + count)]), Array(bytes[(at + count)..<(at + 2 * count)]))
            bytes.replaceSubrange(at..<(at + 2 * count), with: second + first)
        }
    }
}

extension [UInt8] {
    /// The number of `width` bytes at an offset; `nil` beyond the end.
    func read(width: Int, at offset: Int, little: Bool) -> UInt64? {
        guard offset >= 0, offset <= count - width else { return nil }
        var value: UInt64 = 0
        for index in 0..<width { value = value << 8 | UInt64(self[offset + (little ? width - 1 - index : index)]) }
        return value
    }

    /// Writes a number of `width` bytes at an offset, as much of it as fits.
    mutating func write(_ value: UInt64, width: Int, at offset: Int, little: Bool) {
        for index in 0..<width where indices.contains(offset + index) {
            let shift = UInt64(8 * (little ? index : width - 1 - index))
            self[offset + index] = UInt8(truncatingIfNeeded: value >> shift)
        }
    }
}
