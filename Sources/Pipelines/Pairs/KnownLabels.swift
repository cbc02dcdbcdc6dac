import Documents
import Queueing
import SystemPackage

/// The categories that people gave sheets (docs/formats/labels.md).
struct KnownLabels {
    /// One category for each labelled sheet of the archive; the first file that names a sheet tells.
    var categories: [ContentDigest: String] = [:]
    /// Rows that name no readable sheet, and sheets of which a later row says something else.
    var remarks: [String] = []

    static let columns = ["sheet", "category"]

    /// Reads `files`, then the copies that were `kept`.
    init(archive: OpenWorkspace, files: [FilePath], kept: [FilePath] = []) throws {
        guard !(files + kept).isEmpty else { return }
        let sheets = try FileLookup(archive, .sheet)
        for path in files + kept {
            let rows = try ColumnedFile(path, as: "the labels", columns: Self.columns, needed: Self.columns).rows
            var lost: [String] = [], contradicted: [String] = []
            for row in rows {
                guard let name = row.cell("sheet"), let category = row.cell("category") else { throw row.error("a label needs a sheet and a category") }
                guard let sheet = sheets.content(named: name) else {
                    lost.append("line \(row.line): \(name)")
                    continue
                }
                if let known = categories[sheet] {
                    if known != category { contradicted.append("line \(row.line): \(name) is '\(known)' already") }
                } else {
                    categories[sheet] = category
                }
            }
            guard lost.count < max(1, rows.count) || kept.contains(path) else {
                throw ShogoError(
                    .usage, "no row of \(path) names a sheet of the archive (\(lost.prefix(3).joined(separator: "; "))); write paths below a root, and run the crawl first")
            }
            if !lost.isEmpty {
                remarks.append("\(path): \(lost.count) of \(rows.count) rows name no readable sheet of the archive (\(lost.prefix(3).joined(separator: "; ")))")
            }
            if !contradicted.isEmpty {
                remarks.append("\(path): \(contradicted.count) rows count for nothing (\(contradicted.prefix(3).joined(separator: "; ")))")
            }
        }
        if Set(categories.values).count == 1 { remarks.append("all labelled sheets have one category, which tells nothing apart") }
    }
}
