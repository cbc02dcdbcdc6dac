/// Rows of the same weight, added up column by column.
struct InnerRows {
    private(set) var count = 0
    private let layout: RowLayout
    /// Grey and colours: sums of at most `limit` bytes each.
    private var sums: [UInt16]
    /// Bits: eight counts of one byte in each word, for the eight pixels of a byte.
    private var counts: [UInt64]
    private var expanded: [UInt64]

    init(width: Int, layout: RowLayout) {
        self.layout = layout
        sums = Array(repeating: 0, count: layout == .bits ? 0 : width * layout.channels)
        counts = Array(repeating: 0, count: layout == .bits ? layout.bytes(width: width) : 0)
        expanded = counts
    }

    /// Whether one more row could overflow: 255 rows of bits in a byte, 257 rows of bytes in 16 bits.
    var isFull: Bool { count == 255 }

    mutating func add(_ row: UnsafePointer<UInt8>) {
        count += 1
        if layout == .bits {
            counts.withUnsafeMutableBufferPointer { counts in
                Self.eightBytes.withUnsafeBufferPointer { table in
                    for index in 0..<counts.count { counts[index] &+= table[Int(row[index])] }
                }
            }
        } else {
            sums.withUnsafeMutableBufferPointer { sums in
                for index in 0..<sums.count { sums[index] &+= UInt16(row[index]) }
            }
        }
    }

    /// Hands out the sums, as bytes for bits and as 16-bit numbers otherwise, and starts again from zero.
    mutating func take(_ body: (UnsafePointer<UInt8>?, UnsafePointer<UInt16>?) -> Void) {
        if layout == .bits {
            counts.withUnsafeBytes { body($0.baseAddress?.assumingMemoryBound(to: UInt8.self), nil) }
            counts.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        } else {
            sums.withUnsafeBufferPointer { body(nil, $0.baseAddress) }
            sums.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        }
        count = 0
    }

    /// The bits of one row as bytes of 0 and 1.
    mutating func withBits(of row: UnsafePointer<UInt8>, _ body: (UnsafePointer<UInt8>) -> Void) {
        for index in expanded.indices { expanded[index] = Self.eightBytes[Int(row[index])] }
        expanded.withUnsafeBytes { bytes in
            if let first = bytes.baseAddress { body(first.assumingMemoryBound(to: UInt8.self)) }
        }
    }

    /// The bits of each byte as eight bytes of 0 or 1 in memory, the highest bit first.
    private static let eightBytes: [UInt64] = (0..<256).map { byte in
        var word: UInt64 = 0
        for bit in 0..<8 where byte >> (7 - bit) & 1 == 1 { word |= 1 << UInt64(8 * bit) }
        return word.littleEndian
    }
}
