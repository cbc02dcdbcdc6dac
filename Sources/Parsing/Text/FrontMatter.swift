/// What stands before a Markdown text about it: YAML between lines of `---`, TOML between lines of `+++`.
struct FrontMatter {
    /// The line behind it.
    let end: Int
    /// The title that it gives, and the line of that.
    let title: (text: String, line: Int)?

    /// `nil` where the text begins at once.
    init?(_ lines: TextLines) {
        guard let first = lines.firstIndex(where: { !$0.isBlank }), let mark = ["---", "+++"].first(where: { lines[first].folded == $0 }) else { return nil }
        let behind = lines[(first + 1)...]
        guard let last = behind.firstIndex(where: { $0.folded == mark || mark == "---" && $0.folded == "..." }) else { return nil }
        let inside = behind[..<last]
        let sign: Character = mark == "---" ? ":" : "="
        guard inside.allSatisfy(\.isBlank) || (mark == "---" ? Self.isYAML(inside) : inside.contains { Self.key(of: $0, sign) != nil }) else { return nil }
        end = last + 1
        title = inside.indices.lazy.compactMap { Self.title(inside, $0, sign) }.first
    }

    /// Whether the lines are keys and what belongs to them: two rules may also have prose between them.
    private static func isYAML(_ lines: Slice<TextLines>) -> Bool {
        let filled = lines.lazy.filter { !$0.isBlank && $0.first != "#" }
        guard let first = filled.first, key(of: first, ":") != nil else { return false }
        return filled.allSatisfy { line in
            guard let sign = line.first, !sign.isWhitespace, sign != "]", sign != "}" else { return true }
            return line.hasPrefix("- ") || line.folded == "-" || key(of: line, ":") != nil
        }
    }

    private static func key(of line: Substring, _ sign: Character) -> Substring? {
        guard let at = line.firstIndex(of: sign) else { return nil }
        let key = line[..<at].drop { $0 == "\"" || $0 == "'" }.prefix { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
        return key.isEmpty || !key.allSatisfy({ $0.isLetter || $0.isNumber || "_-.".contains($0) }) ? nil : key
    }

    private static func title(_ lines: Slice<TextLines>, _ index: Int, _ sign: Character) -> (text: String, line: Int)? {
        let line = lines[index]
        guard let key = key(of: line, sign), key.lowercased() == "title", let at = line.firstIndex(of: sign) else { return nil }
        var value = line[line.index(after: at)...].folded
        // A text on the lines below, indented.
        if value.isEmpty || [">", "|", ">-", "|-"].contains(value) {
            value = lines[(index + 1)...].prefix { $0.first?.isWhitespace ?? false }.joined(separator: " ").folded
        } else if let quote = value.first, quote == "\"" || quote == "'" {
            let inside = value.dropFirst()
            value = inside.lastIndex(of: quote).map { String(inside[..<$0]) } ?? String(inside)
            value = quote == "'" ? value.replacing("''", with: "'") : value.replacing("\\\"", with: "\"")
        } else if let comment = value.firstRange(of: " #") {
            value = value[..<comment.lowerBound].folded
        }
        return value.isEmpty ? nil : (value, index)
    }
}
