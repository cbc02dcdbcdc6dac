/// A line that begins a block of code, of at least three backticks or tildes, and the line that ends it.
struct MarkdownFence {
    private let mark: Character
    private let length: Int

    /// `nil` for any other line. `line`: without white space before it.
    init?(_ line: Substring) {
        let text = Self.withoutListMark(line)
        guard let first = text.first, first == "`" || first == "~" else { return nil }
        let signs = text.prefix { $0 == first }
        // "```a``` b" is code within a line.
        guard signs.count >= 3, first == "~" || !text[signs.endIndex...].contains("`") else { return nil }
        (mark, length) = (first, signs.count)
    }

    /// Whether a line, without white space before it, ends the block: it is no shorter, and says nothing.
    func ends(with line: Substring) -> Bool {
        let signs = line.prefix { $0 == mark }
        return signs.count >= length && line[signs.endIndex...].isBlank
    }

    /// The text behind `- ` or `1. `.
    private static func withoutListMark(_ line: Substring) -> Substring {
        guard let first = line.first else { return line }
        var behind = line
        if "-*+".contains(first) {
            behind = line.dropFirst()
        } else {
            let digits = line.prefix(9).prefix { $0.isASCII && $0.isNumber }
            behind = line[digits.endIndex...]
            guard !digits.isEmpty, behind.first == "." || behind.first == ")" else { return line }
            behind = behind.dropFirst()
        }
        return behind.first?.isWhitespace ?? false ? behind.drop { $0.isWhitespace } : line
    }
}
