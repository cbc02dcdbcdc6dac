import Documents

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
        !before.isWrittenWithoutSpaces && !after.isWrittenWithoutSpaces
    }
}
