/// Uniform local binary patterns of the eight neighbours (Ojala, Pietikainen, Maenpaa, PAMI 2002, section 2.3; here not
/// rotation invariant, and a neighbour must be brighter by more than `tolerance`, so that paper grain makes no pattern).
enum LocalBinaryPattern {
    /// 58 patterns with at most two changes around the ring, and one bin for all others.
    static let count = 59
    static let tolerance: Int32 = 6

    /// Bin of each 8-bit pattern.
    static let bins: [UInt8] = {
        var bins = [UInt8](repeating: 58, count: 256)
        var next: UInt8 = 0
        for pattern in 0..<256 {
            let turned = (pattern >> 1) | ((pattern & 1) << 7)
            if (pattern ^ turned).nonzeroBitCount <= 2 {
                bins[pattern] = next
                next += 1
            }
        }
        return bins
    }()

    /// The pattern at an inner pixel `at` of a plane with rows of `width`, or nil on flat ground, which has no texture.
    ///
    /// Bit 0 is the right neighbour; the others follow clockwise (y points down).
    @inline(__always)
    static func pattern(_ plane: [Int32], at: Int, width: Int) -> Int? {
        let centre = plane[at]
        let high = centre + tolerance, low = centre - tolerance
        var pattern = 0
        var darker = false
        @inline(__always) func look(_ value: Int32, _ bit: Int) {
            if value > high { pattern |= bit }
            if value < low { darker = true }
        }
        look(plane[at + 1], 1)
        look(plane[at + width + 1], 2)
        look(plane[at + width], 4)
        look(plane[at + width - 1], 8)
        look(plane[at - 1], 16)
        look(plane[at - width - 1], 32)
        look(plane[at - width], 64)
        look(plane[at - width + 1], 128)
        return pattern == 0 && !darker ? nil : pattern
    }
}
