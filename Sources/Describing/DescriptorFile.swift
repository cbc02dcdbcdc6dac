public import Documents
public import Storage
public import SystemPackage

/// Descriptors on disk, as safetensors files of format version 1 (see `TensorFile`).
///
/// Kind `image-descriptor`: all pages of one content; n pages, m regions of all pages together, d numbers of a vector.
///
/// | tensor | dtype | shape | meaning |
/// |---|---|---|---|
/// | `coarse` | F32 | [n, d] | one row per page, in page order |
/// | `region_offsets` | U32 | [n + 1] | page p has the regions from `region_offsets[p]` up to `region_offsets[p + 1]` |
/// | `regions` | U16 | [m, 4] | left, top, right, bottom in 1/65535 of the upright page; never empty |
/// | `fine` | F32 | [m, d] | one row per region |
///
/// Kind `sheet-descriptor`: one sheet; t terms of u bytes together, f fragments with k counts together.
///
/// | tensor | dtype | shape | meaning |
/// |---|---|---|---|
/// | `terms` | U8 | [u] | the terms in UTF-8, one after the other, in the order of their bytes |
/// | `term_offsets` | U32 | [t + 1] | term i has the bytes from `term_offsets[i]` up to `term_offsets[i + 1]`; at least one |
/// | `coarse` | F32 | [t] | how often each term stands in the sheet; above 0 |
/// | `fragment_offsets` | U32 | [f + 1] | fragment i has the counts from `fragment_offsets[i]` up to `fragment_offsets[i + 1]` |
/// | `fine_terms` | U32 | [k] | term numbers, ascending within a fragment |
/// | `fine_counts` | F32 | [k] | how often the term stands in the fragment; above 0 |
///
/// Which describer made a file is told by the directory it lies in, not by the file.
public enum DescriptorFile {
    public static let imageKind = "image-descriptor"
    public static let sheetKind = "sheet-descriptor"
    /// The version written, and the versions read.
    public static let version = 1
    public static let versions = 1...1

    /// A file of the pages of one content, in page order; all vectors must be equally long, and no region empty.
    public static func encode(pages: [ImageDescriptor]) -> TensorFile {
        let dimension = pages.first?.coarse.count ?? 0
        precondition(pages.allSatisfy { $0.coarse.count == dimension }, "all pages have vectors of one length")
        let regions = pages.flatMap(\.regions)
        precondition(regions.allSatisfy(isProper), "a region covers something")
        return TensorFile(
            kind: imageKind, version: version,
            tensors: [
                "coarse": Tensor(pages.flatMap(\.coarse), shape: [pages.count, dimension]),
                "region_offsets": Tensor(offsets(of: pages.map(\.regions.count))),
                "regions": Tensor(regions.flatMap { [$0.left, $0.top, $0.right, $0.bottom] }, shape: [regions.count, 4]),
                "fine": Tensor(pages.flatMap(\.fine), shape: [regions.count, dimension]),
            ])
    }

    /// A file of one sheet, as `SheetDescriber` makes it: terms in byte order, counts above 0.
    public static func encode(sheet: SheetDescriptor) -> TensorFile {
        let terms = sheet.terms.map { Array($0.utf8) }
        return TensorFile(
            kind: sheetKind, version: version,
            tensors: [
                "terms": Tensor(terms.flatMap(\.self)),
                "term_offsets": Tensor(offsets(of: terms.map(\.count))),
                "coarse": Tensor(sheet.coarse),
                "fragment_offsets": Tensor(offsets(of: sheet.fine.map(\.indices.count))),
                "fine_terms": Tensor(sheet.fine.flatMap(\.indices)),
                "fine_counts": Tensor(sheet.fine.flatMap(\.counts)),
            ])
    }

    /// Reads what `encode(pages:)` wrote, checksums included; throws when any number is out of its range.
    public static func readPages(_ path: FilePath) throws(StorageError) -> [ImageDescriptor] {
        let file = try DescriptorReader(path, kind: imageKind)
        let coarse = try file.floats("coarse", dimensions: 2)
        let fine = try file.floats("fine", dimensions: 2)
        let regions: [UInt16] = try file.values("regions", dimensions: 2)
        let pages = try file.file.tensor("coarse", .f32, dimensions: 2).shape[0]
        let dimension = try file.file.tensor("coarse", .f32, dimensions: 2).shape[1]
        let count = regions.count / 4
        try file.check(file.file.tensor("regions", .u16, dimensions: 2).shape == [count, 4], "'regions' is not rows of four")
        try file.check(file.file.tensor("fine", .f32, dimensions: 2).shape == [count, dimension], "'fine' is not a row per region")
        try file.check(dimension > 0 || pages == 0, "its vectors have no numbers")
        let offsets = try file.offsets("region_offsets", count: pages, total: count)

        var boxes: [Box] = []
        boxes.reserveCapacity(count)
        for at in stride(from: 0, to: regions.count, by: 4) {
            let box = Box(left: regions[at], top: regions[at + 1], right: regions[at + 2], bottom: regions[at + 3])
            try file.check(isProper(box), "region \(at / 4) is empty")
            boxes.append(box)
        }
        return (0..<pages).map { page in
            let range = offsets[page]..<offsets[page + 1]
            return ImageDescriptor(
                coarse: Array(coarse[page * dimension..<(page + 1) * dimension]), regions: Array(boxes[range]),
                fine: Array(fine[range.lowerBound * dimension..<range.upperBound * dimension]))
        }
    }

    /// The vectors of whole pages alone, row by row, without reading the regions; throws as `readPages` does.
    public static func readWholes(_ path: FilePath) throws(StorageError) -> (count: Int, dimension: Int, values: [Float]) {
        let file = try DescriptorReader(path, kind: imageKind, checking: ["coarse"])
        let shape = try file.file.tensor("coarse", .f32, dimensions: 2).shape
        try file.check(shape[1] > 0 || shape[0] == 0, "its vectors have no numbers")
        return (shape[0], shape[1], try file.floats("coarse", dimensions: 2))
    }

    /// Reads what `encode(sheet:)` wrote, checksums included; throws when any number is out of its range.
    public static func readSheet(_ path: FilePath) throws(StorageError) -> SheetDescriptor {
        let file = try DescriptorReader(path, kind: sheetKind)
        let coarse = try file.counts("coarse")
        let bytes: [UInt8] = try file.values("terms", dimensions: 1)
        let termOffsets = try file.offsets("term_offsets", count: coarse.count, total: bytes.count)
        var terms: [String] = []
        terms.reserveCapacity(coarse.count)
        for i in coarse.indices {
            let term = bytes[termOffsets[i]..<termOffsets[i + 1]]
            try file.check(
                i == 0 ? !term.isEmpty : bytes[termOffsets[i - 1]..<termOffsets[i]].lexicographicallyPrecedes(term),
                "term \(i) is empty or out of order")
            guard let text = String(validating: term, as: UTF8.self) else { throw file.malformed("term \(i) is not UTF-8") }
            terms.append(text)
        }

        let indices: [UInt32] = try file.values("fine_terms", dimensions: 1)
        let counts = try file.counts("fine_counts")
        try file.check(indices.count == counts.count, "'fine_terms' and 'fine_counts' differ in length")
        let fragments = try file.count(ofOffsets: "fragment_offsets")
        let offsets = try file.offsets("fragment_offsets", count: fragments, total: indices.count)
        var fine: [TermCounts] = []
        fine.reserveCapacity(fragments)
        for fragment in 0..<fragments {
            let range = offsets[fragment]..<offsets[fragment + 1]
            for i in range {
                let ascends = i == range.lowerBound || indices[i - 1] < indices[i]
                try file.check(ascends && indices[i] < terms.count, "fragment \(fragment) counts a term that is missing or out of order")
            }
            fine.append(TermCounts(indices: Array(indices[range]), counts: Array(counts[range])))
        }
        return SheetDescriptor(terms: terms, coarse: coarse, fine: fine)
    }

    /// Reads every byte of either kind and checks it.
    public static func verify(_ path: FilePath) throws(StorageError) {
        do throws(StorageError) {
            try TensorFile(contentsOf: path, kind: imageKind, versions: versions).verify()
        } catch .malformed {
            try TensorFile(contentsOf: path, kind: sheetKind, versions: versions).verify()
        }
    }

    private static func isProper(_ box: Box) -> Bool { box.left < box.right && box.top < box.bottom }

    private static func offsets(of counts: [Int]) -> [UInt32] {
        var offsets: [UInt32] = [0]
        for count in counts { offsets.append(offsets[offsets.count - 1] + UInt32(count)) }
        return offsets
    }
}
