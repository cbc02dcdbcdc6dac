import Documents

/// Reads the parts of Markdown that sheets use: headings, lists, tables, pictures, quotes and fenced code.
struct MarkdownReader {
    private var builder = SheetBuilder()
    private var open: PlainTextReader.Block?
    private var title: String?
    /// The fence that is open, and with it code that is not prose.
    private var fence: MarkdownFence?
    private var comments: MarkdownComments
    private let lines: TextLines
    /// The keys of references that the document defines.
    private let keys: Set<String>
    /// Whether the line before is a row of a table, or parts its header from these.
    private var isTable = false
    /// Whether the open block is code.
    private var isCode = false
    /// Whether the line is indented as code is.
    private var isIndented = false

    private init(_ lines: TextLines) {
        self.lines = lines
        comments = MarkdownComments(lines)
        keys = ReferenceDefinition.keys(in: lines)
    }

    static func read(_ source: DecodedText) throws(ParsingFailure) -> Sheet {
        let lines = source.text.lines
        var reader = MarkdownReader(lines)
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
        if let fence {
            let text = line.drop { $0.isWhitespace }
            guard fence.ends(with: text) else { return extend(text, index, as: nil) }
            close()
            self.fence = nil
            return
        }
        guard let visible = comments.visible(of: line, at: index) else { return }
        let line = visible.drop { $0.isWhitespace }
        isIndented = visible.hasPrefix("    ") || visible.hasPrefix("\t")
        if let begun = MarkdownFence(line) {
            close()
            fence = begun
            return
        }
        let text = line.drop { $0 == ">" || $0 == " " }
        if text.isBlank {
            isTable = false
            return close()
        }
        if takeRow(text, index) { return }
        if LineMark.isRule(text) { return underline() }
        if text.hasPrefix("#"), let heading = heading(text) {
            close()
            if title == nil { title = MarkdownLinks.plain(heading, keys: keys) }
            open = .init(kind: .title, first: index, text: heading)
            return close()
        }
        if let definition = ReferenceDefinition(text) {
            close()
            if let picture = definition.picture { builder.add(figure: picture, at: .lines(first: index + 1, last: index + 1)) }
            return
        }
        extend(text, index, as: LineMark.kind(of: text))
    }

    /// Takes a row of a table, or the line below its header. Rows without a pipe at the beginning need such a line.
    private mutating func takeRow(_ text: Substring, _ index: Int) -> Bool {
        let wasTable = isTable
        isTable = false
        guard text.utf8.contains(UInt8(ascii: "|")) else { return false }
        guard text.contains(where: { !"|:- ".contains($0) }) else {
            isTable = wasTable || text.hasPrefix("|")
            return isTable
        }
        guard text.hasPrefix("|") || wasTable || isHeader(text, index) else { return false }
        isTable = true
        close()
        open = .init(kind: .row, first: index, text: MarkdownTable.cells(text).joined(separator: " "))
        close()
        return true
    }

    private func isHeader(_ text: Substring, _ index: Int) -> Bool {
        guard index + 1 < lines.count else { return false }
        return MarkdownTable.isDelimiter(lines[index + 1].drop { $0 == ">" || $0.isWhitespace }, below: text)
    }

    /// A line of `=` or `-` makes the one line above it a heading; elsewhere it separates.
    private mutating func underline() {
        if let block = open, block.count == 1, block.kind == .paragraph {
            if title == nil { title = MarkdownLinks.plain(block.text, keys: keys) }
            open = .init(kind: .title, first: block.first, text: block.text)
        }
        close()
    }

    private func heading(_ line: Substring) -> String? {
        let rest = line.drop { $0 == "#" }
        guard line.count - rest.count <= 6, rest.first?.isWhitespace ?? false else { return nil }
        let text = rest.trimmingEnd { $0.isWhitespace }
        let words = text.trimmingEnd { $0 == "#" }
        // "C#" is a name.
        return String(words.last?.isWhitespace ?? true ? words : text)
    }

    private mutating func extend(_ line: Substring, _ index: Int, as kind: Fragment.Kind?) {
        if kind == nil, open != nil {
            let breaks = open?.text.hasSuffix("  ") ?? false
            open?.append(line, parts: fence != nil || isCode || breaks)
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
        // In code nothing is escaped, and no picture is shown; a name in it may be that of one unless the code is fenced.
        let found = isCode ? (text: block.text, outside: fence == nil ? block.text : "", pictures: []) : MarkdownLinks.read(block.text, keys: keys)
        builder.add(block.kind, found.text, at: place)
        for target in found.pictures { builder.add(figure: target, at: place) }
        for name in PictureNameScanner.scan(found.outside) where !found.pictures.contains(name) { builder.add(figure: name, at: place) }
    }
}
