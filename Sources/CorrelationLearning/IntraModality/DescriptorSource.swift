public import Documents
public import LinearAlgebra

/// What describing said of all images and sheets of an archive, read when it is needed, so that it need not be in memory together.
///
/// What comes out is the same whenever it is asked for. Methods throw when something cannot be read.
public protocol DescriptorSource: Sendable {
    /// How many images there are, and how many numbers (`D`) describe one.
    var imageCount: Int { get }
    var imageDimension: Int { get }
    var sheetCount: Int { get }
    /// Whether any image has regions that count.
    var hasRegions: Bool { get }
    /// What tells these descriptors from others: equal for equal ones.
    var identity: ContentDigest { get }

    /// A row of `D` numbers for each image of a range.
    func images(_ range: Range<Int>) throws -> Matrix
    /// Rows of `D` numbers for the regions of these images; of each any number.
    func regions(_ range: Range<Int>) throws -> RaggedRows
    func sheets(_ range: Range<Int>) throws -> [SheetDescriptor]
}

extension DescriptorSource {
    /// Images, or sheets, that are in memory at a time.
    private static var blockSize: Int { 4096 }

    private func blocks(of count: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: Self.blockSize).map { $0..<min(count, $0 + Self.blockSize) }
    }

    /// All images, or so many evenly spread, in blocks, in order; throws `notFinite` at a number that is not.
    func forEachImageBlock(most: Int = .max, _ body: (Matrix) throws -> Void) throws {
        let chosen = most < imageCount ? Array(0..<imageCount).spread(most) : nil
        for block in blocks(of: min(most, imageCount)) {
            let rows = try chosen.map { try images(at: Array($0[block])) } ?? images(block)
            guard rows.isFinite else { throw TrainingError.notFinite(stage: .features, epoch: 0) }
            try body(rows)
        }
    }

    /// The regions of all images in blocks, in order; throws `notFinite` at a number that is not.
    func forEachRegionBlock(_ body: (RaggedRows) throws -> Void) throws {
        for block in blocks(of: imageCount) {
            let rows = try regions(block)
            guard rows.values.isFinite else { throw TrainingError.notFinite(stage: .features, epoch: 0) }
            try body(rows)
        }
    }

    /// All sheets, in order; throws `notFinite` at a count that is not.
    func forEachSheet(_ body: (SheetDescriptor) throws -> Void) throws {
        for block in blocks(of: sheetCount) {
            for sheet in try sheets(block) {
                guard sheet.coarse.allSatisfy(\.isFinite) else { throw TrainingError.notFinite(stage: .features, epoch: 0) }
                try body(sheet)
            }
        }
    }

    /// Some images, in the order asked for.
    public func images(at places: [Int]) throws -> Matrix {
        var values: [Float] = []
        values.reserveCapacity(places.count * imageDimension)
        for place in places { values += try images(place..<place + 1).values }
        return Matrix(rows: places.count, columns: imageDimension, values: values)
    }

    /// Some sheets, in the order asked for.
    public func sheets(at places: [Int]) throws -> [SheetDescriptor] { try places.flatMap { try sheets($0..<$0 + 1) } }
}
