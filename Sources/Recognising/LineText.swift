/// The words of a recognised line as a person would have written them.
enum LineText {
    /// White space folded to single spaces, none at the ends and none between two characters of Chinese or Japanese writing, where
    /// the engine puts one after almost every character. `nil` when the line has no letter and no digit: a rule, a speck, a shadow.
    static func cleaned(_ text: String) -> String? {
        var result = String.UnicodeScalarView()
        var space = false
        var readable = false
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace {
                space = true
                continue
            }
            if space, let last = result.last, !(isWrittenWithoutSpaces(last) && isWrittenWithoutSpaces(scalar)) { result.append(" ") }
            space = false
            result.append(scalar)
            readable = readable || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }
        return readable ? String(result) : nil
    }

    /// Kanji, kana, and the punctuation and wide letters that stand among them.
    private static func isWrittenWithoutSpaces(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2E80...0x30FF, 0x31C0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFFEF,
            0x20000...0x3FFFF:
            true
        default: false
        }
    }
}
