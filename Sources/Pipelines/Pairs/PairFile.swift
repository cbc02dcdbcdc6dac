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

    let rows: [Row]

    init(_ path: FilePath) throws {
        rows = try ColumnedFile(path, as: "the pairs", columns: Self.columns, needed: ["sheet", "image"]).rows.map { row in
            guard let sheet = row.cell("sheet"), let image = row.cell("image") else { throw row.error("a pair needs a sheet and an image") }
            let page = try row.cell("page").map { text in
                guard let page = Int(text), page > 0 else { throw row.error("page '\(text)' is not a number from 1") }
                return page
            }
            let weight = try row.cell("weight").map { text in
                guard let weight = Float(text), weight > 0, weight <= 1 else { throw row.error("weight '\(text)' is not a number above 0, up to 1") }
                return weight
            }
            let part = try row.cell("part").map { text in
                guard let part = Part(rawValue: text.lowercased()) else { throw row.error("part '\(text)' is neither 'train' nor 'heldout'") }
                return part
            }
            return Row(line: row.line, sheet: sheet, image: image, page: page, weight: weight ?? 1, part: part ?? .train)
        }
    }
}
