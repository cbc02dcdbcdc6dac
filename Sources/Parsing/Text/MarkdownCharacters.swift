import CXML2

/// Characters that Markdown writes in another way: `\_`, `&amp;`, `&#8211;`.
enum MarkdownCharacters {
    /// What stands at the beginning of a text, and the rest behind it; `nil` where the first character means itself. Code between
    /// backticks is kept as it is.
    static func read(_ text: Substring) -> (plain: String, rest: Substring)? {
        switch text.first {
        case "\\":
            guard let next = text.dropFirst().first, next.isASCII, next.isPunctuation || next.isSymbol else { return nil }
            return (String(next), text.dropFirst(2))
        case "`":
            let mark = text.prefix { $0 == "`" }
            let inside = text[mark.endIndex...].prefix(1000)
            guard let end = inside.firstRange(of: String(mark)) else { return (String(mark), text[mark.endIndex...]) }
            return (String(text[..<end.upperBound]), text[end.upperBound...])
        case "&":
            let name = text.dropFirst().prefix(32).prefix { $0 != ";" && $0 != "&" && !$0.isWhitespace }
            guard name.endIndex < text.endIndex, text[name.endIndex] == ";", let plain = character(name) else { return nil }
            return (plain, text[text.index(after: name.endIndex)...])
        default: return nil
        }
    }

    private static func character(_ name: Substring) -> String? {
        guard name.hasPrefix("#") else {
            let value = String(name).withCString(shogo_html_entity)
            return value == 0 ? nil : Unicode.Scalar(value).map { String($0) }
        }
        let digits = name.dropFirst()
        let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
        guard let value = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits), value > 0 else { return nil }
        if (0x80...0x9F).contains(value) { return WindowsSigns.sign(UInt8(value)) }
        return Unicode.Scalar(value).map { String($0) }
    }
}
