import Documents

/// Reads the parts of Markdown that sheets use: headings, lists, tables, pictures, quotes and fenced code.
struct MarkdownReader {
    private var builder = SheetBuilder()
    private var open: PlainTextReader.Block?
    private var title: String?
    /// The fence that is open, and with it code that is not prose.
    private var fence: Character?
    private var inComment = false
    /// Whether the open block is code.
    private var isCode = false
    /// Whether the line is indented as code is.
    private var isIndented = false

    static func read(_ source: DecodedText) throws(ParsingFailure) -> Sheet {
        var reader = MarkdownReader()
        let lines = source.text.lines
        let matter = FrontMatter(lines)
        if let title = matter?.title {
            reader.title = title.text
            let repeats = lines[(matter?.end ?? 0)...].contains { $0.hasPrefix("#") && $0.drop { $0 == "#" }.folded == title.text }
            if !repeats { reader.builder.add(.title, title.text, at: .lines(first: title.line + 1, last: title.line + 1)) }
        }
        for index in (matter?.end ?? 0)..<lines.count { reader.take(lines[index], index) }
        reader.close()
        return try reader.builder.finish(.markdown, encoding: source.encoding, title: reader.title, language: nil)
    }

    private mutating func take(_ line: Substring, _ index: Int) {
        let visible = fence == nil ? withoutComment(line) : line
        // A line that a comment fills parts nothing.
        if visible.isBlank, !line.isBlank { return }
        let line = visible.drop { $0.isWhitespace }
        isIndented = visible.hasPrefix("    ") || visible.hasPrefix("\t")
        if line.hasPrefix("```") || line.hasPrefix("~~~") {
            if fence == nil { close() }
            if fence == nil || line.first == fence {
                if fence != nil { close() }
                fence = fence == nil ? line.first : nil
                return
            }
        }
        if fence != nil { return extend(line, index, as: nil) }
        let text = line.drop { $0 == ">" || $0 == " " }
        if text.isBlank { return close() }
        if LineMark.isRule(text) { return underline() }
        if text.hasPrefix("#"), let heading = heading(text) {
            close()
            if title == nil { title = MarkdownLinks.plain(heading) }
            open = .init(kind: .title, first: index, text: heading)
            return close()
        }
        if text.hasPrefix("|") {
            guard text.contains(where: { !"|:- ".contains($0) }) else { return }
            close()
            open = .init(kind: .row, first: index, text: text.split(separator: "|").joined(separator: " "))
            return close()
        }
        if let definition = ReferenceDefinition(text) {
            close()
            if let picture = definition.picture { builder.add(figure: picture, at: .lines(first: index + 1, last: index + 1)) }
            return
        }
        extend(text, index, as: LineMark.kind(of: text))
    }

    /// The line without comments, which may go on for several lines.
    private mutating func withoutComment(_ line: Substring) -> Substring {
        guard inComment || line.utf8.contains(UInt8(ascii: "<")) && line.contains("<!--") else { return line }
        var result = ""
        var rest = line
        while true {
            guard let mark = rest.firstRange(of: inComment ? "-->" : "<!--") else { break }
            if !inComment { result += rest[..<mark.lowerBound] }
            inComment.toggle()
            rest = rest[mark.upperBound...]
        }
        return Substring(inComment ? result : result + rest)
    }

    /// A line of `=` or `-` makes the one line above it a heading; elsewhere it separates.
    private mutating func underline() {
        if let block = open, block.count == 1, block.kind == .paragraph {
            if title == nil { title = MarkdownLinks.plain(block.text) }
            open = .init(kind: .title, first: block.first, text: block.text)
        }
        close()
    }

    private func heading(_ line: Substring) -> String? {
        let rest = line.drop { $0 == "#" }
        guard line.count - rest.count <= 6, rest.first?.isWhitespace ?? false else { return nil }
        return String(rest.reversed().drop { $0 == "#" || $0.isWhitespace }.reversed())
    }

    private mutating func extend(_ line: Substring, _ index: Int, as kind: Fragment.Kind?) {
        if kind == nil, open != nil {
            open?.append(line)
        } else {
            close()
            // Below an item an indented line belongs to it.
            let isListed = [.step, .listItem].contains(builder.fragments.last?.kind)
            isCode = fence != nil || kind == nil && isIndented && !isListed
            open = .init(kind: kind ?? .paragraph, first: index, text: String(line))
        }
    }

    private mutating func close() {
        guard let block = open.take() else { return }
        defer { isCode = false }
        let place = TextPlace.lines(first: block.first + 1, last: block.first + block.count)
        let found = MarkdownLinks.read(block.text, isCode: isCode)
        builder.add(block.kind, found.text, at: place)
        for target in found.pictures { builder.add(figure: target, at: place) }
        for name in PictureNameScanner.scan(found.outside) where !found.pictures.contains(name) { builder.add(figure: name, at: place) }
    }
}
