import Documents

/// Folds the white space of UTF-8 text byte by byte: several times as quick as by scalars.
enum FoldedBytes {
    /// White space that parts words in every writing, also where a line ends beside it: a vertical tab, which no XML holds.
    static let separator: UInt8 = 0x0B
    static let separatorText = "\u{0B}"

    /// The text with each run of white space as one space, and none at the ends. Where a line ends between two characters of a writing
    /// without spaces, no space was meant, and none is put there: `軸⏎受` is one word.
    static func string(_ bytes: some Collection<UInt8>) -> String {
        bytes.withContiguousStorageIfAvailable(fold) ?? Array(bytes).withUnsafeBufferPointer(fold)
    }

    private static func fold(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return "" }
        return String(unsafeUninitializedCapacity: bytes.count) { buffer in
            guard let target = buffer.baseAddress else { return 0 }
            var count = 0
            var at = 0
            while at < bytes.count {
                let byte = source[at]
                if isPlain(byte) || at + 1 < bytes.count && count > 0 && isPlain(byte, before: source[at + 1]) {
                    target[count] = byte
                    count += 1
                    at += 1
                    continue
                }
                var width = spaceWidth(bytes, at)
                if width == 0 {
                    target[count] = byte
                    count += 1
                    at += 1
                    continue
                }
                var endsLine = false, parts = false
                repeat {
                    endsLine = endsLine || source[at] == 0x0A || source[at] == 0x0D
                    parts = parts || source[at] == separator
                    at += width
                    width = at < bytes.count ? spaceWidth(bytes, at) : 0
                } while width > 0
                guard count > 0, at < bytes.count else { continue }
                if endsLine, !parts, target[count - 1] >= 0x80, source[at] >= 0xE2, isWordGoingOn(target, count, bytes, at) { continue }
                target[count] = 0x20
                count += 1
            }
            return count
        }
    }

    /// Whether a text before `count` goes on at `at` without a space.
    private static func isWordGoingOn(_ before: UnsafePointer<UInt8>, _ count: Int, _ after: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        var start = count - 1
        while start > 0, before[start] & 0xC0 == 0x80 { start -= 1 }
        return scalar(UnsafeBufferPointer(start: before + start, count: count - start)).isWrittenWithoutSpaces
            && scalar(UnsafeBufferPointer(rebasing: after[at..<min(at + 4, after.count)])).isWrittenWithoutSpaces
    }

    /// The scalar that begins the bytes.
    private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar {
        var decoder = UTF8()
        var bytes = bytes.makeIterator()
        if case .scalarValue(let scalar) = decoder.decode(&bytes) { return scalar }
        return "\u{FFFD}"
    }

    /// Bytes that begin no white space: most of them.
    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0xC2 || byte > 0xE3 && byte != 0xEF }

    /// A single space between words, and kana: most of the others.
    @inline(__always)
    private static func isPlain(_ byte: UInt8, before next: UInt8) -> Bool { byte == 0x20 ? isPlain(next) : byte == 0xE3 && next != 0x80 }

    /// The bytes of the white space (or byte order mark) that begins here; 0 when none does.
    @inline(__always)
    private static func spaceWidth(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
        let first = bytes[at]
        if first <= 0x20 { return first == 0x20 || (0x09...0x0D).contains(first) ? 1 : 0 }
        guard first == 0xC2 || first == 0xE1 || first == 0xE2 || first == 0xE3 || first == 0xEF else { return 0 }
        return wideSpaceWidth(bytes, at)
    }

    private static func wideSpaceWidth(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
        guard at + 1 < bytes.count else { return 0 }
        let second = bytes[at + 1]
        if bytes[at] == 0xC2 { return second == 0x85 || second == 0xA0 ? 2 : 0 }  // next line, no-break space
        guard at + 2 < bytes.count else { return 0 }
        let third = bytes[at + 2]
        switch (bytes[at], second) {
        case (0xE1, 0x9A): return third == 0x80 ? 3 : 0  // Ogham
        case (0xE2, 0x80): return third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF ? 3 : 0  // U+2000 and on
        case (0xE2, 0x81): return third == 0x9F ? 3 : 0
        case (0xE3, 0x80): return third == 0x80 ? 3 : 0  // ideographic
        case (0xEF, 0xBB): return third == 0xBF ? 3 : 0  // byte order mark
        default: return 0
        }
    }
}
