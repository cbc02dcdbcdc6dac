/// A row of packed bits, the first in the highest bit of the first byte.
extension UnsafeBufferPointer<UInt8> {
    func bit(_ index: Int) -> UInt64 { UInt64(self[index >> 3] >> UInt8(7 - index & 7) & 1) }

    /// How many of the bits from `start` up to, not including, `end` are set; 0 when there are none.
    func ones(in start: Int, _ end: Int) -> UInt64 {
        guard start < end else { return 0 }
        let first = start >> 3
        let last = (end - 1) >> 3
        let head = self[first] & 0xFF >> UInt8(start & 7)
        let tail: UInt8 = 0xFF << UInt8(7 - (end - 1) & 7)
        guard first < last else { return UInt64((head & tail).nonzeroBitCount) }
        var count = head.nonzeroBitCount + (self[last] & tail).nonzeroBitCount
        var at = first + 1
        while at + 8 <= last {
            count += UnsafeRawPointer(baseAddress! + at).loadUnaligned(as: UInt64.self).nonzeroBitCount
            at += 8
        }
        while at < last {
            count += self[at].nonzeroBitCount
            at += 1
        }
        return UInt64(count)
    }
}
