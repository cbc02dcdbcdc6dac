import CXML2

/// Characters that Markdown writes in another way: `\_`, `&amp;`, `&#8211;`.
enum MarkdownCharacters {
    /// What stands at the beginning of a text, and the rest behind it; `nil` where the first character means itself. Code between
    /// backticks is kept as it is.
    static func read(_ text: Substring) -> (plain: String, rest: Substring)? {
        switch text.first {
        case "\\":
            guard let next = text.dropFirst().first, next.isASCII else { return nil }
            // At the end of a line it breaks it.
            if next.isNewline { return (FoldedBytes.separatorText, text.dropFirst()) }
            return next.isPunctuation || next.isSymbol ? (String(next), text.dropFirst(2)) : nil
        case "`":
            let end = code(at: text)
            return (String(text[..<end]), text[end...])
        case "&":
            let name = text.dropFirst().prefix(32).prefix { $0 != ";" && $0 != "&" && !$0.isWhitespace }
            guard name.endIndex < text.endIndex, text[name.endIndex] == ";", let plain = character(name) else { return nil }
            return (plain, text[text.index(after: name.endIndex)...])
        default: return nil
        }
    }

    /// Where the code ends that backticks at the start begin; behind these where nothing near ends it.
    static func code(at text: Substring) -> Substring.Index {
        let mark = text.prefix { $0 == "`" }
        return text[mark.endIndex...].prefix(1000).firstRange(of: mark)?.upperBound ?? mark.endIndex
    }

    /// A name without other ways of writing characters.
    static func unescaped(_ text: String, withBackslashes: Bool = true) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "\\") }) else { return text }
        var result = ""
        var rest = text[...]
        while let character = rest.first {
            if character == "&" || character == "\\" && withBackslashes, let (plain, behind) = read(rest) {
                result += plain
                rest = behind
            } else {
                result.append(character)
                rest = rest.dropFirst()
            }
        }
        return result
    }

    private static func character(_ name: Substring) -> String? {
        guard name.hasPrefix("#") else {
            var characters: [UInt32] = [0, 0]
            let name = String(name)
            let count = name.withCString { shogo_entity($0, name.utf8.count, &characters) }
            guard count > 0 else { return nil }
            return String(String.UnicodeScalarView(characters.prefix(Int(count)).compactMap(Unicode.Scalar.init)))
        }
        let digits = name.dropFirst()
        let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
        guard let value = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits), value > 0 else { return nil }
        if (0x80...0x9F).contains(value) { return WindowsSigns.sign(UInt8(value)) }
        return Unicode.Scalar(value).map { String($0) }
    }
}
