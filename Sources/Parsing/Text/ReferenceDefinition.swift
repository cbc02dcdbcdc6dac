/// A line that says where a link of a Markdown text leads: `[key]: target "title"`. It is not shown.
struct ReferenceDefinition {
    /// The target where it is a picture, percent-decoded.
    let picture: String?

    /// `nil` for any other line.
    init?(_ line: Substring) {
        guard line.hasPrefix("["), let close = line.firstIndex(of: "]"), close > line.index(after: line.startIndex) else { return nil }
        let behind = line[line.index(after: close)...]
        guard behind.hasPrefix(":") else { return nil }
        let words = behind.dropFirst().drop { $0.isWhitespace }
        guard let first = words.first else { return nil }
        let target = first == "<" ? words.dropFirst().prefix { $0 != ">" } : words.prefix { !$0.isWhitespace }
        // "[Note]: check the seal" is a sentence.
        let rest = words[target.endIndex...].drop { $0.isWhitespace || $0 == ">" }
        let leads = target.contains("/") || target.contains(".") || target.contains(":") || target.hasPrefix("#")
        guard leads, rest.isEmpty || "\"'(".contains(rest.first ?? " ") || FileExtension.isPicture(target) else { return nil }
        picture = FileExtension.isPicture(target) && !target.hasPrefix("data:") ? MarkdownCharacters.unescaped(String(target)).percentDecoded : nil
    }

    /// The keys that lines of a text define, as `plain` writes them.
    static func keys(in lines: TextLines) -> Set<String> {
        var keys: Set<String> = []
        for line in lines {
            let start = line.utf8.drop { $0 <= 0x20 || $0 == UInt8(ascii: ">") }
            guard start.first == UInt8(ascii: "[") else { continue }
            let inside = line[start.startIndex...].dropFirst()
            guard let close = inside.prefix(1000).firstIndex(of: "]"), inside[close...].hasPrefix("]:") else { continue }
            keys.insert(plain(inside[..<close]))
        }
        return keys
    }

    /// A key without what makes no difference.
    static func plain(_ key: Substring) -> String { key.folded.lowercased() }
}
