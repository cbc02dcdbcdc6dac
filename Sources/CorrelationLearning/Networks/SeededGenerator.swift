import Glibc

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed on every machine.
package struct SeededGenerator: RandomNumberGenerator, Equatable, Codable, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.scrambled(state)
    }

    /// The first number of a generator with that seed: turns a counter into a random key.
    package static func mixed(_ counter: UInt64) -> UInt64 { scrambled(counter &+ 0x9E37_79B9_7F4A_7C15) }

    private static func scrambled(_ state: UInt64) -> UInt64 {
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number in (0, 1].
    package mutating func uniform() -> Float { (Float(next() >> 40) + 1) * 0x1p-24 }

    /// A standard normal number (Box-Muller).
    package mutating func normal() -> Float {
        let radius = sqrtf(-2 * logf(uniform()))
        return radius * cosf(2 * Float.pi * uniform())
    }

    /// A matrix of normal numbers with that standard deviation.
    package mutating func normalMatrix(rows: Int, columns: Int, deviation: Float) -> [Float] {
        (0..<rows * columns).map { _ in normal() * deviation }
    }

    /// `0..<count` in a random order (Fisher-Yates, our own: the library's may change between versions).
    package mutating func permutation(_ count: Int) -> [Int] {
        var order = Array(0..<count)
        for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, Int(next() % UInt64(last + 1))) }
        return order
    }
}
