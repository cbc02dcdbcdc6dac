/// Random numbers with a seed (SplitMix64): the same case is made anew from its seed and number alone.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64, number: UInt64) {
        state = seed
        // One step through the mixer, so that neighbouring cases share nothing.
        state = next() ^ number &* 0xD134_2543_DE82_EF95
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// From 0 to `count - 1`; 0 when there is nothing to choose.
    mutating func below(_ count: Int) -> Int { count < 1 ? 0 : Int(next() % UInt64(count)) }

    mutating func chance(_ one: Int, in all: Int) -> Bool { below(all) < one }

    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

    mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: next()) }

    /// A length: mostly small, sometimes up to `most`.
    mutating func length(atMost most: Int) -> Int {
        let scale = pick([4, 16, 64, 1024, most])
        return min(most, 1 + below(scale))
    }

    /// A number that programs trip over: near a power of two, or a small one.
    mutating func edge() -> UInt64 {
        switch below(4) {
        case 0: UInt64(below(20))
        case 1: (1 << UInt64(below(64))) &+ UInt64(below(3)) &- 1
        case 2: pick([0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000, .max, .max - 1, 1 << 63])
        default: next() >> UInt64(below(64))
        }
    }
}
