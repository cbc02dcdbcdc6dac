/// Joins the words that OCR programs tell apart, as their language writes them: with a space between words of letters, without one next
/// to Chinese or Japanese characters, where the programs' words are parts of a sentence that has no spaces.
enum WordJoin {
    static func line(of words: some Sequence<String>) -> String {
        var line = ""
        for word in words.lazy.map(\.folded) where !word.isEmpty {
            if let before = line.unicodeScalars.last, let after = word.unicodeScalars.first, hasSpace(between: before, and: after) { line += " " }
            line += word
        }
        return line
    }

    /// The text of a line in which spaces stand between all words. An ideographic space is no such space.
    static func respaced(_ text: String) -> String { line(of: text.split { $0.isASCII && $0.isWhitespace }.map(String.init)) }

    private static func hasSpace(between before: Unicode.Scalar, and after: Unicode.Scalar) -> Bool {
        !isWrittenWithoutSpaces(before) && !isWrittenWithoutSpaces(after)
    }

    /// Han characters, kana, bopomofo, and the marks of such texts. Full-width letters and digits make words, and Korean has spaces.
    private static func isWrittenWithoutSpaces(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2E80...0x312F, 0x31A0...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0x1B000...0x1B16F, 0x20000...0x3FFFF: true
        case 0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF9F: true
        default: false
        }
    }
}
