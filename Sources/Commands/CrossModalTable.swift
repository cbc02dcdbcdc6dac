import Evaluating

/// A comparison as a table of text, columns aligned.
enum CrossModalTable {
    static func lines(_ rows: [ComparisonRow]) -> [String] {
        var cells = [[
            "method", "MAP I2T", "MAP T2I", "mean", "std", "MAP50 I2T", "MAP50 T2I", "R@1 I2T", "R@5", "R@10", "R@1 T2I", "R@5", "R@10", "rank I2T", "rank T2I",
            "seconds", "settings",
        ]]
        cells += rows.map { row in
            guard let figures = row.figures else { return [row.name, row.error ?? "failed"] }
            return [
                row.name, number(figures.mapI2T), number(figures.mapT2I), number(figures.mean), number(row.mapStd), number(figures.map50I2T),
                number(figures.map50T2I), number(figures.r1I2T), number(figures.r5I2T), number(figures.r10I2T), number(figures.r1T2I),
                number(figures.r5T2I), number(figures.r10T2I), rank(figures.medianRankI2T), rank(figures.medianRankT2I), seconds(row), row.settings + mark(row.edges),
            ]
        }
        // Without labels, columns of categories would hold nothing.
        let hasLabels = rows.contains { $0.figures?.mean != nil }
        let categories = 1...6
        if !hasLabels { cells = cells.map { $0.count > 2 ? $0.enumerated().filter { !categories.contains($0.offset) }.map(\.element) : $0 } }
        return aligned(cells) + (rows.contains { !$0.edges.isEmpty } ? [edgeRemark] : [])
    }

    /// What stands behind settings of which some numbers lie at the edge.
    static func mark(_ edges: [String]) -> String { edges.isEmpty ? "" : " *" + edges.joined(separator: " *") }

    static let edgeRemark = "* chosen at the edge of the values tried: a better one may lie beyond, so that method may not be at its best"

    /// Names and what is longest to the left, numbers to the right. A row of two cells has a name and why there are no figures.
    static func aligned(_ cells: [[String]]) -> [String] {
        let widths = cells[0].indices.map { column in cells.compactMap { $0.count > 2 ? $0[column].count : nil }.max() ?? 0 }
        let nameWidth = cells.map { $0[0].count }.max() ?? 0
        return cells.map { row in
            row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: max(0, (column == 0 ? nameWidth : widths[column]) - cell.count))
                return column == 0 || row.count <= 2 || column == row.count - 1 ? cell + (column == 0 ? space : "") : space + cell
            }.joined(separator: "  ")
        }
    }

    /// Choice of the settings / one final fit.
    static func seconds(_ row: ComparisonRow) -> String { "\(decimal(row.choiceSeconds, 1)) / \(decimal(row.seconds, 1))" }

    /// Four places without the leading zero, as tables of this field have them.
    static func number(_ value: Double?) -> String {
        guard let value else { return "-" }
        let text = decimal(value, 4)
        return text.hasPrefix("0") ? String(text.dropFirst()) : text
    }

    private static func rank(_ value: Double) -> String { decimal(value, value == value.rounded() ? 0 : 1) }

    static func decimal(_ value: Double, _ places: Int) -> String {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = Int((value.magnitude * scale).rounded())
        let fraction = String(scaled % Int(scale))
        return (value < 0 ? "-" : "") + "\(scaled / Int(scale))"
            + (places == 0 ? "" : "." + String(repeating: "0", count: places - fraction.count) + fraction)
    }
}
