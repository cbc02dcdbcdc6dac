/// Tags of HTML in a Markdown text. They are no words; other angle brackets are.
extension MarkdownLinks {
    /// The tag at the start of a text: whether it parts words, the pictures that it shows or leads to, and the text behind it; `nil` where none
    /// stands there.
    static func tag(_ text: Substring, _ lookAhead: inout Int) -> (parts: Bool, pictures: [String], rest: Substring)? {
        let isEnd = text.dropFirst().first == "/"
        let start = text.dropFirst(isEnd ? 2 : 1)
        let word = start.prefix(12).prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
        let name = word.lowercased()
        guard let parts = inline.contains(name) ? false : blocks.contains(name) ? true : nil else { return nil }
        let behind = start[word.endIndex...]
        guard let next = behind.first, next == ">" || next == "/" || next.isWhitespace else { return nil }
        guard let end = first(of: behind, within: 4000, &lookAhead, where: { $0 == ">" }) else { return nil }
        let attributes = behind[..<end]
        // "<b and c>" compares.
        let says = attributes.contains("=") && !isEnd
        guard says || attributes.allSatisfy({ $0.isWhitespace || $0 == "/" }) || attributes.folded == "open" else { return nil }
        if name == "a", !isEnd, !says { return nil }
        let shown = name == "img" ? value("src", in: attributes) : nil
        let linked = name == "a" ? value("href", in: attributes).flatMap { FileExtension.isPicture($0) ? $0 : nil } : nil
        let pictures = [shown, linked].compactMap(\.self).filter { !$0.isEmpty && !$0.hasPrefix("data:") }
        return (parts, pictures.map { MarkdownCharacters.unescaped($0, withBackslashes: false).percentDecoded }, text[text.index(after: end)...])
    }

    /// The value of an attribute, quoted or not.
    private static func value(_ name: String, in attributes: Substring) -> String? {
        var rest = attributes
        while let found = rest.firstRange(of: name + "=") {
            let isWhole = found.lowerBound > attributes.startIndex && attributes[attributes.index(before: found.lowerBound)].isWhitespace
            rest = rest[found.upperBound...]
            guard isWhole else { continue }
            guard let quote = rest.first, quote == "\"" || quote == "'" else { return String(rest.prefix { !$0.isWhitespace }) }
            return String(rest.dropFirst().prefix { $0 != quote })
        }
        return nil
    }

    /// Names that people do not also write for what a reader puts in, as `<time>`.
    private static let inline: Set<String> = [
        "a", "abbr", "b", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "nobr", "q", "s", "samp", "small", "span",
        "strike", "strong", "sub", "sup", "tt", "u", "wbr",
    ]

    private static let blocks: Set<String> = [
        "blockquote", "br", "caption", "center", "col", "colgroup", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3",
        "h4", "h5", "h6", "hr", "iframe", "img", "li", "ol", "p", "picture", "pre", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
        "ul",
    ]
}
