import Documents

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
            if space, let last = result.last, !(isSetSolid(last) && isSetSolid(scalar)) { result.append(" ") }
            space = false
            result.append(scalar)
            readable = readable || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }
        return readable ? String(result) : nil
    }

    /// Kanji, kana and their marks; and full-width letters and digits, which the engine tells apart one by one as it does these.
    private static func isSetSolid(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isWrittenWithoutSpaces || (0xFF00...0xFFEF).contains(scalar.value)
    }
}
