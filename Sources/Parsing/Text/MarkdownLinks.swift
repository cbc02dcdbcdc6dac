/// Escapes, names of characters, links and pictures inside a Markdown text: `\_`, `&amp;`, `![alt](target)`, `[text](target)`, `[key]: target`, `<img src="target">`.
enum MarkdownLinks {
    /// The text with links reduced to their words, and the pictures that it shows or links to, percent-decoded; `outside` is the text
    /// without the words of these, which name the same picture or none.
    ///
    /// `keys`: those that the document defines, as `ReferenceDefinition.keys` has them; `[a][b]` with any other is what it looks like, as
    /// indices in prose.
    static func read(_ text: String, keys: Set<String>) -> (text: String, outside: String, pictures: [String]) {
        // Honest links are looked at twice or so. A text of brackets without an end, or of links in links, is no Markdown: it would take
        // quadratic time.
        var lookAhead = 4000 + 16 * text.utf8.count
        return read(withoutData(text), keys, &lookAhead)
    }

    /// Looks at no more than `lookAhead` characters ahead of those that it reads.
    private static func read(
        _ text: String, _ keys: Set<String>, _ lookAhead: inout Int
    ) -> (text: String, outside: String, pictures: [String]) {
        var result = "", outside = ""
        var pictures: [String] = []
        var rest = text[...]
        while true {
            let sign = rest.utf8.firstIndex(where: isSign) ?? rest.endIndex
            result += rest[..<sign]
            outside += rest[..<sign]
            rest = rest[sign...]
            guard let character = rest.first else { break }
            if let (plain, end) = MarkdownCharacters.read(rest) {
                result += plain
                outside += plain
                rest = end
                continue
            }
            let shown = character == "!" && rest.dropFirst().first == "["
            if shown || character == "[", let link = link(rest.dropFirst(shown ? 1 : 0), keys, &lookAhead) {
                let inner = read(link.words, keys, &lookAhead)
                // A picture parts words, and stands for its own.
                result += shown ? FoldedBytes.separatorText + inner.text + FoldedBytes.separatorText : inner.text
                pictures += inner.pictures
                let isOfPicture = !link.target.isEmpty && (shown || FileExtension.isPicture(link.target))
                outside += isOfPicture ? " " : inner.outside
                if isOfPicture, !link.target.hasPrefix("data:") { pictures.append(link.target.percentDecoded) }
                rest = link.rest
            } else if character == "<", let tag = tag(rest, &lookAhead) {
                pictures += tag.pictures
                if tag.parts {
                    result += FoldedBytes.separatorText
                    outside += " "
                }
                rest = tag.rest
            } else {
                result.append(character)
                outside.append(character)
                rest = rest.dropFirst()
            }
        }
        return (result, outside, pictures)
    }

    /// Whether anything but a character that means itself may begin with this byte.
    private static func isSign(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "&"), UInt8(ascii: "!"), UInt8(ascii: "["), UInt8(ascii: "<"): true
        default: false
        }
    }

    /// The text with `data:` URIs cut short: with their bytes they would be longer than a link may be.
    private static func withoutData(_ text: String) -> String {
        guard text.utf8.count > 200, text.contains("data:") else { return text }
        var result = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "data:") {
            let uri = rest[start.lowerBound...]
            let end = uri.firstIndex { $0.isWhitespace || "\"'<>)".contains($0) } ?? uri.endIndex
            result += rest[..<start.upperBound]
            let bytes = uri[start.upperBound..<end]
            if !(bytes.contains(",") && bytes.contains("/")) { result += bytes }
            rest = uri[end...]
        }
        return result + rest
    }

    static func plain(_ text: String, keys: Set<String>) -> String { read(text, keys: keys).text.folded }

    /// `[words](target "title")`, `[words][key]` or `[key]: target` at the start of `text`.
    private static func link(
        _ text: Substring, _ keys: Set<String>, _ lookAhead: inout Int
    ) -> (words: String, target: String, rest: Substring)? {
        guard let close = closing(text, "[", "]", &lookAhead) else { return nil }
        let words = String(text[text.index(after: text.startIndex)..<close])
        let behind = text[text.index(after: close)...]
        if behind.hasPrefix("("), let end = closing(behind, "(", ")", &lookAhead) {
            return (words, target(behind[behind.index(after: behind.startIndex)..<end]), behind[behind.index(after: end)...])
        }
        // Where a key leads its definition says.
        if !keys.isEmpty, behind.hasPrefix("["), let end = closing(behind, "[", "]", &lookAhead) {
            let key = behind[behind.index(after: behind.startIndex)..<end]
            if keys.contains(ReferenceDefinition.plain(key.isBlank ? words[...] : key)) { return (words, "", behind[behind.index(after: end)...]) }
        }
        guard behind.hasPrefix(":") else { return nil }
        let line = behind.dropFirst().prefix { !$0.isNewline }
        let target = target(line)
        return FileExtension.isPicture(target) ? ("", target, text[line.endIndex...]) : nil
    }

    private static func target(_ text: Substring) -> String { MarkdownCharacters.unescaped(bareTarget(text)) }

    private static func bareTarget(_ text: Substring) -> String {
        let text = text.drop { $0.isWhitespace }
        if text.hasPrefix("<"), let end = text.firstIndex(of: ">") { return String(text[text.index(after: text.startIndex)..<end]) }
        // A quote behind white space begins the title; white space alone may stand in a careless name.
        for mark in [" \"", " '", "\t\""] {
            if let title = text.firstRange(of: mark) { return text[..<title.lowerBound].folded }
        }
        return text.folded
    }

    /// The bracket that closes the one at the start. A link of more than 2,000 characters is a stray bracket.
    private static func closing(_ text: Substring, _ open: Character, _ close: Character, _ lookAhead: inout Int) -> String.Index? {
        var depth = 0
        return first(of: text, within: 2000, &lookAhead) { character in
            if character == open { depth += 1 }
            if character == close { depth -= 1 }
            return depth == 0
        }
    }

    static func first(
        of text: Substring, within most: Int, _ lookAhead: inout Int, where accepts: (Character) -> Bool
    ) -> String.Index? {
        let end = lookAhead - most
        var index = text.startIndex
        while index < text.endIndex, lookAhead > max(0, end) {
            if accepts(text[index]) { return index }
            text.formIndex(after: &index)
            lookAhead -= 1
        }
        return nil
    }
}
