/// The lines of a text as editors count them: LF, CR LF or CR end one. Takes four bytes for a line: a text may be line ends alone.
struct TextLines: RandomAccessCollection {
    private let text: String
    /// Offsets in UTF-8 of where each line begins; `longStarts` for a text whose offsets need more bits.
    private let starts: [UInt32]
    private let longStarts: [Int]

    /// Found among the bytes, for no character goes on across a line's end. Cost: linear.
    init(_ text: String) {
        var text = text
        let isLong = text.utf8.count > Int(UInt32.max)
        starts = isLong ? [] : text.withUTF8 { Self.starts($0) }
        longStarts = isLong ? text.withUTF8 { Self.starts($0) } : []
        self.text = text
    }

    private static func starts<Offset: FixedWidthInteger>(_ bytes: UnsafeBufferPointer<UInt8>) -> [Offset] {
        var starts: [Offset] = []
        // Exactly as many as there are: growing would take twice the memory.
        starts.reserveCapacity(1 + bytes.indices.count { isEnd(bytes, $0) })
        starts.append(0)
        for at in bytes.indices where isEnd(bytes, at) { starts.append(Offset(at + 1)) }
        return starts
    }

    /// Whether a line ends with this byte: of CR LF it is the second.
    @inline(__always)
    private static func isEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        bytes[at] == 0x0A || bytes[at] == 0x0D && !(at + 1 < bytes.count && bytes[at + 1] == 0x0A)
    }

    var startIndex: Int { 0 }
    var endIndex: Int { longStarts.isEmpty ? starts.count : longStarts.count }

    subscript(line: Int) -> Substring {
        let utf8 = text.utf8
        let first = start(line)
        guard line + 1 < endIndex else { return text[utf8.index(text.startIndex, offsetBy: first)...] }
        var end = utf8.index(text.startIndex, offsetBy: start(line + 1) - 1)
        if utf8[end] == 0x0A, start(line + 1) - 1 > first {
            let before = utf8.index(before: end)
            if utf8[before] == 0x0D { end = before }
        }
        return text[utf8.index(text.startIndex, offsetBy: first)..<end]
    }

    private func start(_ line: Int) -> Int { longStarts.isEmpty ? Int(starts[line]) : longStarts[line] }
}

extension String {
    var lines: TextLines { TextLines(self) }
}
