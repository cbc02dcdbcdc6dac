import Documents

/// What the beginning of a line says about it: a step, a warning, a list item.
enum LineMark {
    /// The kind that a line begins; `nil` for a line that may go on with the one before.
    static func kind(of line: some StringProtocol) -> Fragment.Kind? {
        let scalars = Array(line.unicodeScalars.drop { $0.properties.isWhitespace }.prefix(32))
        guard let first = scalars.first else { return nil }
        if isWarning(scalars) { return .warning }
        if isStep(scalars) { return .step }
        if "・•●○■□◆◇‣▪–".unicodeScalars.contains(first), scalars.count > 1 { return .listItem }
        if "-*+".unicodeScalars.contains(first), scalars.count > 1, scalars[1].properties.isWhitespace { return .listItem }
        return nil
    }

    /// A line of signs alone separates or underlines; it says nothing.
    static func isRule(_ line: some StringProtocol) -> Bool {
        let signs = line.unicodeScalars.filter { !$0.properties.isWhitespace }
        return signs.count >= 3 && signs.allSatisfy { "=-*_─━＝－~#+|".unicodeScalars.contains($0) }
    }

    private static func isWarning(_ line: [Unicode.Scalar]) -> Bool {
        let line = line.drop { "⚠\u{FE0F}【［[<＜(（※!！*#>・- \u{3000}".unicodeScalars.contains($0) }
        let text = String(String.UnicodeScalarView(line))
        if japaneseWarnings.contains(where: text.hasPrefix) { return true }
        let word = text.prefix { $0.isASCII && $0.isLetter }
        guard englishWarnings.contains(word.uppercased()) else { return false }
        // "Note that" is prose; "NOTE that" and "Note: that" are not.
        guard word != word.uppercased() else { return true }
        return text.dropFirst(word.count).first.map { ":：!！-–.]】".contains($0) } ?? true
    }

    private static func isStep(_ line: [Unicode.Scalar]) -> Bool {
        guard let first = line.first else { return false }
        if (0x2460...0x249B).contains(first.value) || (0x2776...0x2793).contains(first.value) { return true }  // ①, ⑴, ⒈, ❶
        let text = String(String.UnicodeScalarView(line))
        for word in ["手順", "STEP", "Step", "step", "工程", "作業"] where text.hasPrefix(word) {
            return text.dropFirst(word.count).first { $0 != " " && $0 != "\u{3000}" }.map(\.isNumber) ?? false
        }
        let opened = first == "(" || first == "（"
        let rest = line.dropFirst(opened ? 1 : 0)
        let digits = rest.prefix { isDigit($0) }
        guard (1...3).contains(digits.count), let mark = rest.dropFirst(digits.count).first else { return false }
        if opened { return mark == ")" || mark == "）" }
        guard ".)．）、:：".unicodeScalars.contains(mark) else { return false }
        // 1.5 is a quantity.
        return !(rest.dropFirst(digits.count + 1).first.map(isDigit) ?? false)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        (0x30...0x39).contains(scalar.value) || (0xFF10...0xFF19).contains(scalar.value)
    }

    private static let japaneseWarnings = ["警告", "注意", "危険"]
    private static let englishWarnings: Set<String> = ["WARNING", "CAUTION", "DANGER", "NOTE"]
}
