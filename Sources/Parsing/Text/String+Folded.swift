extension StringProtocol {
    /// The text with each run of white space as one space, and none at the ends. Keeps the ideographic space's effect, not its width.
    var folded: String { FoldedBytes.string(utf8) }

    /// Whether nothing but white space stands here.
    var isBlank: Bool { unicodeScalars.allSatisfy(\.isSpace) }

    /// The text without the characters at its end that `drop` names.
    func trimmingEnd(while drop: (Character) -> Bool) -> SubSequence {
        var end = endIndex
        while end > startIndex, drop(self[index(before: end)]) { end = index(before: end) }
        return self[..<end]
    }

    /// The text; `nil` where nothing stands in it.
    var nilIfEmpty: Self? { isEmpty ? nil : self }

    /// At most `count` characters, for titles.
    func shortened(to count: Int) -> String {
        let start = prefix(count)
        return start.endIndex == endIndex ? String(start) : start.folded + "…"
    }

    /// The text with `%41` as `A`, as URIs write it; unchanged when the result would not be text.
    var percentDecoded: String {
        guard utf8.contains(UInt8(ascii: "%")) else { return String(self) }
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.first {
            let digits = rest.dropFirst().prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? String(self)
    }
}

extension Unicode.Scalar {
    /// White space; ASCII is answered without Unicode's tables, which cost most of the time otherwise.
    var isSpace: Bool {
        isASCII ? self == " " || (0x09...0x0D).contains(value) : properties.isWhitespace
    }
}
