/// Rows of a table as GitHub's Markdown writes them, with or without pipes at the ends.
enum MarkdownTable {
    /// What stands in the cells of a row; `\|` is no border.
    static func cells(_ row: Substring) -> [String] {
        var cells = [""]
        var isEscaped = false
        for character in row {
            if character == "|", !isEscaped { cells.append("") } else { cells[cells.count - 1].append(character) }
            if isEscaped, character == "|" { cells[cells.count - 1].removeLast(2); cells[cells.count - 1].append("|") }
            isEscaped = character == "\\" && !isEscaped
        }
        if cells[0].isBlank { cells.removeFirst() }
        if cells.last?.isBlank ?? false { cells.removeLast() }
        return cells
    }

    /// Whether the line under a header parts it from the rows: `---|:-:`, with as many cells.
    static func isDelimiter(_ line: Substring, below header: Substring) -> Bool {
        guard line.utf8.contains(UInt8(ascii: "|")), line.allSatisfy({ "|:-".contains($0) || $0.isWhitespace }) else { return false }
        let cells = cells(line)
        return cells.allSatisfy { $0.contains("-") } && cells.count == Self.cells(header).count
    }
}
