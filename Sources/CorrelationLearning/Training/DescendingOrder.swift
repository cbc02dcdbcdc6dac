/// Puts many rows of scores in order, largest first, equal scores by index; scores that are no numbers come last.
///
/// A radix sort of 11 bits a pass: three passes over a row, whatever its values, and no memory per row.
package struct DescendingOrder {
    /// The sort key in the upper half of each element, the index in the lower.
    private var elements: [UInt64] = []
    private var scratch: [UInt64] = []
    private var starts = [Int](repeating: 0, count: 1 << Self.digitBits)

    private static let digitBits = 11

    package init() {}

    /// Calls `body` with the indices of `scores` in order.
    package mutating func forEach(_ scores: ArraySlice<Float>, _ body: (Int) -> Void) {
        elements.removeAll(keepingCapacity: true)
        for (index, score) in scores.enumerated() { elements.append(UInt64(Self.key(score)) << 32 | UInt64(index)) }
        if scratch.count != elements.count { scratch = elements }
        for shift in [32, 32 + Self.digitBits, 32 + 2 * Self.digitBits] {
            pass(UInt64(shift))
            swap(&elements, &scratch)
        }
        for element in elements { body(Int(element & 0xFFFF_FFFF)) }
    }

    /// A number that ascends where the score descends.
    private static func key(_ score: Float) -> UInt32 {
        guard !score.isNaN else { return .max }
        let bits = (score + 0).bitPattern  // -0 is 0
        return bits >> 31 == 0 ? 0x7FFF_FFFF - bits : bits
    }

    /// From `elements` into `scratch`, by one digit, stably.
    private mutating func pass(_ shift: UInt64) {
        let mask = UInt64(starts.count - 1)
        for digit in starts.indices { starts[digit] = 0 }
        for element in elements { starts[Int(element >> shift & mask)] += 1 }
        var start = 0
        for digit in starts.indices { (starts[digit], start) = (start, start + starts[digit]) }
        for element in elements {
            let digit = Int(element >> shift & mask)
            scratch[starts[digit]] = element
            starts[digit] += 1
        }
    }
}
