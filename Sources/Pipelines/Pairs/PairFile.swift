import Foundation
import Storage
import SystemPackage

/// A CSV or TSV file of known pairs (docs/formats/pairs.md): one row per sheet and image that belong together.
struct PairFile {
    /// What a pair is for.
    enum Part: String, CaseIterable {
        case train
        /// Never trained on: `shogo eval` measures with it.
        case heldout
    }

    struct Row {
        var line: Int
        var sheet: String, image: String
        var page: Int?
        var weight: Float
        var part: Part
    }

    static let columns = ["sheet", "image", "page", "weight", "part"]

    let path: FilePath
    let rows: [Row]

    init(_ path: FilePath) throws {
        let bytes = try NamedFile.read(path, as: "the pairs", limit: 1 << 30)
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw ShogoError(.usage, "\(path) is not UTF-8; in Excel, save it as 'CSV UTF-8'")
        }
        if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
        self.path = path
        rows = try Self.rows(DelimitedText(text, delimiter: UInt8(ascii: path.extension?.lowercased() == "tsv" ? "\t" : ",")), path)
    }

    private static func rows(_ text: DelimitedText, _ path: FilePath) throws -> [Row] {
        guard let header = text.records.first else { throw ShogoError(.usage, "\(path) is empty; its first line must name the columns sheet,image") }
        let names = header.cells.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        for name in names where !columns.contains(name) {
            throw ShogoError(.usage, "\(path):1: unknown column '\(name)'; \(Suggestion.words(for: name, among: columns))")
        }
        guard let sheet = names.firstIndex(of: "sheet"), let image = names.firstIndex(of: "image") else {
            throw ShogoError(.usage, "\(path):1: the columns 'sheet' and 'image' are needed")
        }
        return try text.records.dropFirst().map { line, cells in
            func fail(_ why: String) -> ShogoError { ShogoError(.usage, "\(path):\(line): \(why)") }
            func cell(_ name: String) -> String? {
                names.firstIndex(of: name).flatMap { $0 < cells.count ? cells[$0].trimmingCharacters(in: .whitespaces) : nil }
                    .flatMap { $0.isEmpty ? nil : $0 }
            }
            guard cells.count == names.count else { throw fail("\(cells.count) cells, but the header names \(names.count) columns") }
            guard !cells[sheet].isEmpty, !cells[image].isEmpty else { throw fail("a pair needs a sheet and an image") }
            let page = try cell("page").map { text in
                guard let page = Int(text), page > 0 else { throw fail("page '\(text)' is not a number from 1") }
                return page
            }
            let weight = try cell("weight").map { text in
                guard let weight = Float(text), weight > 0, weight <= 1 else { throw fail("weight '\(text)' is not a number above 0, up to 1") }
                return weight
            }
            let part = try cell("part").map { text in
                guard let part = Part(rawValue: text.lowercased()) else { throw fail("part '\(text)' is neither 'train' nor 'heldout'") }
                return part
            }
            return Row(line: line, sheet: cells[sheet], image: cells[image], page: page, weight: weight ?? 1, part: part ?? .train)
        }
    }
}
