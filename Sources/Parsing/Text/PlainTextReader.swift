import Documents

/// Reads a plain text: blank lines separate paragraphs, marks at the beginning of a line make section titles, steps, warnings and items.
enum PlainTextReader {
    static func read(_ source: DecodedText) throws(ParsingFailure) -> Sheet {
        let lines = source.text.lines
        var builder = SheetBuilder()
        var open: Block?
        let title = lines.firstIndex { !$0.isBlank && !LineMark.isRule($0) }
        for (index, line) in lines.enumerated() {
            if line.isBlank || LineMark.isRule(line) {
                open.take()?.close(into: &builder)
            } else if index == title && standsAlone(lines, index) || isHeading(lines, index) {
                open.take()?.close(into: &builder)
                Block(kind: .title, first: index, text: String(line)).close(into: &builder)
            } else if let kind = LineMark.kind(of: line) {
                open.take()?.close(into: &builder)
                open = Block(kind: kind, first: index, text: String(line))
            } else if open != nil {
                open?.append(line)
            } else {
                open = Block(kind: .paragraph, first: index, text: String(line))
            }
        }
        open?.close(into: &builder)
        return try builder.finish(.plainText, encoding: source.encoding, title: title.map { String(lines[$0]) }, language: nil)
    }

    /// Whether the first line is a title: unmarked, short, and the text does not simply run on behind it.
    private static func standsAlone(_ lines: TextLines, _ index: Int) -> Bool {
        guard LineMark.kind(of: lines[index]) == nil, lines[index].count <= 120 else { return false }
        guard index + 1 < lines.count else { return true }
        let next = lines[index + 1]
        return next.isBlank || LineMark.isRule(next) || LineMark.kind(of: next) != nil
    }

    /// Whether a numbered line is the title of a section: short, no sentence, and not one of a run of lines numbered alike, which are
    /// steps or a table of contents.
    private static func isHeading(_ lines: TextLines, _ index: Int) -> Bool {
        let line = lines[index]
        guard let numbering = LineMark.numbering(of: line), numbering != .step else { return false }
        guard line.count <= 60, let last = line.last(where: { !$0.isWhitespace }), !"。．.!！?？;；、,:：".contains(last) else { return false }
        let neighbours = [index - 1, index + 1].filter(lines.indices.contains)
        return !neighbours.contains { LineMark.numbering(of: lines[$0]) == numbering }
    }

    /// Lines that belong together.
    struct Block {
        let kind: Fragment.Kind
        let first: Int
        var text: String
        var count = 1

        init(kind: Fragment.Kind, first: Int, text: String) {
            self.kind = kind
            self.first = first
            self.text = text
        }

        /// `parts`: whether the line ends where it does on purpose.
        mutating func append(_ line: some StringProtocol, parts: Bool = false) {
            text += parts ? "\n" + FoldedBytes.separatorText : "\n"
            text += line
            count += 1
        }

        func close(into builder: inout SheetBuilder) {
            let place = TextPlace.lines(first: first + 1, last: first + count)
            builder.add(kind, text, at: place)
            for name in PictureNameScanner.scan(text) { builder.add(figure: name, at: place) }
        }
    }
}
