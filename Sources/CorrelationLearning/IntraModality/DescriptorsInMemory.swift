public import Documents
public import LinearAlgebra
import Storage

/// Descriptors that are in memory.
public struct DescriptorsInMemory: DescriptorSource {
    /// `n x D`
    public var images: Matrix
    public var sheets: [SheetDescriptor]
    /// Regions of each image, `D` numbers each; an image may have none. `nil`: wholes only.
    public var regions: RaggedRows?

    public init(images: Matrix, sheets: [SheetDescriptor], regions: RaggedRows? = nil) {
        (self.images, self.sheets, self.regions) = (images, sheets, regions)
    }

    public var imageCount: Int { images.rows }
    public var imageDimension: Int { images.columns }
    public var sheetCount: Int { sheets.count }
    public var hasRegions: Bool { (regions?.values.rows ?? 0) > 0 }

    public func images(_ range: Range<Int>) -> Matrix {
        range.count == images.rows ? images : images.gathering(Array(range))
    }

    public func regions(_ range: Range<Int>) -> RaggedRows {
        regions?.gathering(Array(range)) ?? RaggedRows(values: Matrix(rows: 0, columns: imageDimension), offsets: [Int](repeating: 0, count: range.count + 1))
    }

    public func sheets(_ range: Range<Int>) -> [SheetDescriptor] { Array(sheets[range]) }

    /// Reads all of it once.
    public var identity: ContentDigest {
        var builder = DigestBuilder()
        builder.append("\(images.rows) x \(images.columns)")
        builder.append(images.values)
        builder.append("\(sheets.count) sheets")
        for sheet in sheets {
            builder.append("\(sheet.terms.count) terms, \(sheet.fine.count) fragments")
            for term in sheet.terms { builder.append(term) }
            builder.append(sheet.coarse)
            for part in sheet.fine {
                builder.append("\(part.indices.count)")
                builder.append(part.indices)
                builder.append(part.counts)
            }
        }
        if let regions {
            builder.append("regions \(regions.offsets)")
            builder.append(regions.values.values)
        }
        return builder.finalize()
    }
}

extension DigestBuilder {
    /// Appends numbers as they lie in memory.
    mutating func append<Number: BitwiseCopyable>(_ numbers: [Number]) {
        numbers.withUnsafeBytes { append($0) }
    }
}
