import Documents
import Queueing
import SystemPackage

/// The categories of sheets: those of files, then those of folders (docs/formats/labels.md).
struct KnownLabels {
    /// One category for each labelled sheet of the archive; the first file that names a sheet tells.
    var categories: [ContentDigest: String] = [:]
    /// Rows that name no readable sheet, and sheets of which a later row says something else.
    var remarks: [String] = []

    static let columns = ["sheet", "category"]

    /// Reads `files`, then the copies that were `kept`; sheets that none of them names have the category of their folder, where the
    /// configuration says so.
    init(archive: OpenWorkspace, files: [FilePath], kept: [FilePath] = []) throws {
        if !(files + kept).isEmpty { try read(files + kept, kept: kept, ArchivePlaces(archive).sheetLookup) }
        if archive.configuration.folderLabels > 0 {
            let locations = try archive.catalog.locations()
            for sheet in try archive.catalog.documents(.sheet).map(\.digest) where categories[sheet] == nil {
                categories[sheet] = Self.category(of: locations[sheet] ?? [], folders: archive.configuration.folderLabels)
            }
        }
        if Set(categories.values).count == 1 { remarks.append("all labelled sheets have one category, which tells nothing apart") }
    }

    /// The first `folders` names of the folder that a sheet lies in; `nil` for one that lies less deep, or in places that differ.
    static func category(of places: [FileLocation], folders: Int) -> String? {
        let names = Set(places.map { $0.path.folder.key.split(separator: "/").prefix(folders).joined(separator: "/") })
        guard names.count == 1, let name = names.first, name.split(separator: "/").count == folders else { return nil }
        return name
    }

    private mutating func read(_ files: [FilePath], kept: [FilePath], _ sheets: FileLookup) throws {
        for path in files {
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
    }
}
