import CorrelationLearning
import Describing
import Documents
import LinearAlgebra
import Storage
import SystemPackage

/// The descriptors of a workspace as training reads them: page images and sheets, contents in digest order, from their files.
///
/// It promises rows of this program's extractor as the catalog lists them; a file that is missing or damaged, or has another number of
/// pages, throws what is wrong with it.
struct DescriptorFiles: DescriptorSource {
    private let workspace: Workspace
    private let images: [ContentDigest], sheets: [ContentDigest]
    /// The row of each image's first page, and the number of all rows.
    private let firstRows: [Int]
    /// Rows whose regions count.
    let regionRows: Set<Int>

    init(_ workspace: Workspace, images: [(digest: ContentDigest, pages: Int)], sheets: [ContentDigest], regionRows: Set<Int>) {
        self.workspace = workspace
        self.images = images.map(\.digest)
        firstRows = images.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.pages) }
        self.sheets = sheets
        self.regionRows = regionRows
    }

    var imageCount: Int { firstRows[images.count] }
    var imageDimension: Int { ImageDescriber.dimension }
    var sheetCount: Int { sheets.count }
    var hasRegions: Bool { !regionRows.isEmpty }

    /// Files are named after contents and extractors, so these tell the numbers too.
    var identity: ContentDigest {
        var builder = DigestBuilder()
        for modality in Modality.allCases { builder.append(Extractor.name(modality)) }
        for (place, image) in images.enumerated() { builder.append("\(image.hex) \(firstRows[place + 1] - firstRows[place])") }
        builder.append("sheets")
        for sheet in sheets { builder.append(sheet.hex) }
        builder.append("regions")
        for row in regionRows.sorted() { builder.append("\(row)") }
        return builder.finalize()
    }

    func images(_ range: Range<Int>) throws -> Matrix {
        var values: [Float] = []
        values.reserveCapacity(range.count * imageDimension)
        try forEachFile(range) { path, pages, chosen in
            let wholes = try DescriptorFile.readWholes(path)
            try check(path, wholes.count, pages, wholes.dimension)
            values += wholes.values[chosen.lowerBound * imageDimension..<chosen.upperBound * imageDimension]
        }
        return Matrix(rows: range.count, columns: imageDimension, values: values)
    }

    func regions(_ range: Range<Int>) throws -> RaggedRows {
        var values: [Float] = [], offsets = [0]
        for row in range {
            if regionRows.contains(row) {
                try forEachFile(row..<row + 1) { path, pages, chosen in
                    let found = try DescriptorFile.readPages(path)
                    try check(path, found.count, pages, found.first?.coarse.count ?? imageDimension)
                    values += found[chosen.lowerBound].fine
                }
            }
            offsets.append(values.count / imageDimension)
        }
        return RaggedRows(values: Matrix(rows: offsets[range.count], columns: imageDimension, values: values), offsets: offsets)
    }

    func sheets(_ range: Range<Int>) throws -> [SheetDescriptor] {
        try sheets[range].map { try DescriptorFile.readSheet(workspace.descriptorFile($0, extractor: Extractor.name(.sheet))) }
    }

    /// Each file with rows of a range: where it lies, how many pages it must have, and which of them are in the range.
    private func forEachFile(_ range: Range<Int>, _ read: (FilePath, _ pages: Int, _ chosen: Range<Int>) throws -> Void) throws {
        guard !range.isEmpty else { return }
        // The last image that begins at or before the range.
        var (low, high) = (0, images.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if firstRows[middle] <= range.lowerBound { low = middle } else { high = middle }
        }
        var place = low
        while place < images.count, firstRows[place] < range.upperBound {
            let first = firstRows[place], end = firstRows[place + 1]
            let chosen = max(first, range.lowerBound) - first..<min(end, range.upperBound) - first
            let path = workspace.descriptorFile(images[place], extractor: Extractor.name(.image))
            if !chosen.isEmpty { try read(path, end - first, chosen) }
            place += 1
        }
    }

    private func check(_ path: FilePath, _ found: Int, _ pages: Int, _ dimension: Int) throws(StorageError) {
        guard found == pages else { throw .malformed(path: path, why: "it has \(found) pages, and the catalog says \(pages)") }
        guard dimension == imageDimension else {
            throw .malformed(path: path, why: "its vectors have \(dimension) numbers, and this program's have \(imageDimension)")
        }
    }
}
