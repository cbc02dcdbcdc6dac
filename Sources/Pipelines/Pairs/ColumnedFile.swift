import Foundation
import Storage
import SystemPackage

/// A CSV or TSV file that people write: UTF-8, and a first line that names its columns.
struct ColumnedFile {
    /// A line below the header; `line` counts from 1.
    struct Row {
        let path: FilePath
        let line: Int
        fileprivate let cells: [String: String]

        /// The cell of a column without the blanks around it; `nil` when it is empty or the file has no such column.
        func cell(_ column: String) -> String? { cells[column].flatMap { $0.isEmpty ? nil : $0 } }

        func error(_ why: String) -> ShogoError { ShogoError(.usage, "\(path):\(line): \(why)") }
    }

    let path: FilePath
    let rows: [Row]

    /// Reads a file of `columns`, of which those `needed` must be there; `what` names it in errors.
    init(_ path: FilePath, as what: String, columns: [String], needed: [String]) throws {
        let bytes = try NamedFile.read(path, as: what, limit: 1 << 30)
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw ShogoError(.usage, "\(path) is not UTF-8; in Excel, save it as 'CSV UTF-8'")
        }
        if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
        // What old programs for DOS end a file with.
        while text.last == "\u{1A}" { text.removeLast() }
        let delimiter = UInt8(ascii: path.extension?.lowercased() == "tsv" ? "\t" : ",")
        let records = Self.withoutBlanks(DelimitedText(text, delimiter: delimiter).records)
        guard let header = records.first else {
            throw ShogoError(.usage, "\(path) is empty; its first line must name the columns \(needed.joined(separator: ","))")
        }
        let names = header.cells.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        for name in names where !columns.contains(name) {
            throw ShogoError(.usage, "\(path):1: unknown column '\(name)'; \(Suggestion.words(for: name, among: columns))")
        }
        guard needed.allSatisfy(names.contains) else {
            throw ShogoError(.usage, "\(path):1: the columns \(needed.map { "'\($0)'" }.joined(separator: " and ")) are needed")
        }
        self.path = path
        rows = try records.dropFirst().map { line, cells in
            guard cells.count == names.count else {
                throw ShogoError(.usage, "\(path):\(line): \(cells.count) cells, but the header names \(names.count) columns")
            }
            return Row(path: path, line: line, cells: Dictionary(zip(names, cells)) { first, _ in first })
        }
    }

    /// Cells without the blanks around them, and without the rows and columns that are empty throughout, the name of the column too:
    /// Excel keeps those that once held something. It also leaves out delimiters at the ends of rows: the missing cells are empty ones.
    private static func withoutBlanks(_ records: [(line: Int, cells: [String])]) -> [(line: Int, cells: [String])] {
        let rows = records.map { (line: $0.line, cells: $0.cells.map { $0.trimmingCharacters(in: .whitespaces) }) }.filter { $0.cells.contains { !$0.isEmpty } }
        let width = rows.first?.cells.count ?? 0
        let used = (0..<(rows.map(\.cells.count).max() ?? 0)).filter { column in rows.contains { column < $0.cells.count && !$0.cells[column].isEmpty } }
        return rows.map { line, cells in
            let padded = cells + Array(repeating: "", count: max(0, width - cells.count))
            let kept = used.filter { $0 < padded.count && ($0 < width || !padded[$0].isEmpty) }
            return (line, kept.map { padded[$0] })
        }
    }
}
