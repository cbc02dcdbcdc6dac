/// Links and pictures inside a Markdown text: `![alt](target)`, `[text](target)`, `[key]: target`, `<img src="target">`.
enum MarkdownLinks {
    /// The text with links reduced to their words, and the pictures that it shows or links to, percent-decoded.
    static func read(_ text: String) -> (text: String, pictures: [String]) {
        var result = ""
        var pictures: [String] = []
        var rest = text[...]
        // Each bracket that does not close costs a look ahead; a text of nothing else is no Markdown.
        var strayBrackets = 0
        while let character = rest.first {
            let shown = character == "!" && rest.dropFirst().first == "["
            let opens = (shown || character == "[") && strayBrackets < 1000
            if opens { strayBrackets += 1 }
            if opens, let link = link(rest.dropFirst(shown ? 1 : 0)) {
                strayBrackets -= 1
                let inner = read(link.words)
                result += inner.text
                pictures += inner.pictures
                if !link.target.isEmpty, shown || FileExtension.isPicture(link.target) { pictures.append(link.target.percentDecoded) }
                rest = link.rest
            } else if character == "<", let tag = imageTag(rest) {
                pictures.append(tag.target.percentDecoded)
                rest = tag.rest
            } else {
                result.append(character)
                rest = rest.dropFirst()
            }
        }
        return (result, pictures)
    }

    static func plain(_ text: String) -> String { read(text).text.folded }

    /// `[words](target "title")` or `[key]: target` at the start of `text`.
    private static func link(_ text: Substring) -> (words: String, target: String, rest: Substring)? {
        // A link longer than this is a stray bracket; looking further for each would take quadratic time.
        guard let close = closing(text.prefix(2000), "[", "]") else { return nil }
        let words = String(text[text.index(after: text.startIndex)..<close])
        let behind = text[text.index(after: close)...]
        if behind.hasPrefix("("), let end = closing(behind.prefix(2000), "(", ")") {
            return (words, target(behind[behind.index(after: behind.startIndex)..<end]), behind[behind.index(after: end)...])
        }
        guard behind.hasPrefix(":") else { return nil }
        let line = behind.dropFirst().prefix { !$0.isNewline }
        let target = target(line)
        return FileExtension.isPicture(target) ? ("", target, text[line.endIndex...]) : nil
    }

    private static func target(_ text: Substring) -> String {
        let text = text.drop { $0.isWhitespace }
        if text.hasPrefix("<"), let end = text.firstIndex(of: ">") { return String(text[text.index(after: text.startIndex)..<end]) }
        // A quote behind white space begins the title; white space alone may stand in a careless name.
        for mark in [" \"", " '", "\t\""] {
            if let title = text.firstRange(of: mark) { return text[..<title.lowerBound].folded }
        }
        return text.folded
    }

    private static func closing(_ text: Substring, _ open: Character, _ close: Character) -> String.Index? {
        var depth = 0
        for index in text.indices {
            if text[index] == open { depth += 1 }
            if text[index] == close { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }

    private static func imageTag(_ text: Substring) -> (target: String, rest: Substring)? {
        guard text.prefix(5).lowercased() == "<img ", let end = text.prefix(4000).firstIndex(of: ">") else { return nil }
        let tag = text[..<end]
        guard let source = tag.firstRange(of: "src=") else { return nil }
        let value = tag[source.upperBound...]
        guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
        let target = value.dropFirst().prefix { $0 != quote }
        return target.isEmpty ? nil : (String(target), text[text.index(after: end)...])
    }
}
