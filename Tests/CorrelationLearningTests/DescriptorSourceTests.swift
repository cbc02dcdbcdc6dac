import Documents
import LinearAlgebra
import Testing

@testable import CorrelationLearning

@Suite("Descriptors read in blocks") struct DescriptorSourceTests {
    /// Says nothing but that it cannot be read.
    private struct Broken: DescriptorSource {
        struct Failure: Error, Equatable { let what: String }
        let whole: DescriptorsInMemory
        let failsImages: Bool

        var imageCount: Int { whole.imageCount }
        var imageDimension: Int { whole.imageDimension }
        var sheetCount: Int { whole.sheetCount }
        var hasRegions: Bool { false }
        var identity: ContentDigest { whole.identity }
        func images(_ range: Range<Int>) throws -> Matrix {
            if failsImages { throw Failure(what: "images") }
            return whole.images(range)
        }
        func regions(_ range: Range<Int>) throws -> RaggedRows { whole.regions(range) }
        func sheets(_ range: Range<Int>) throws -> [SheetDescriptor] { throw Failure(what: "sheets") }
    }

    @Test("give the components that all rows together give")
    func components() throws {
        var generator = SeededGenerator(seed: 3)
        let (n, dimension) = (9_500, 10)
        let mixing = Matrix(rows: 4, columns: dimension, values: generator.normalMatrix(rows: 4, columns: dimension, deviation: 1))
        var rows = Matrix.product(Matrix(rows: n, columns: 4, values: generator.normalMatrix(rows: n, columns: 4, deviation: 1)), mixing)
        // Means far from zero, and a level that changes from block to block.
        for row in 0..<n {
            for column in 0..<dimension { rows[row, column] += 0.3 * generator.normal() + Float(column) + Float(row / 4096) }
        }
        let features = try #require(try ImageFeatures(learning: DescriptorsInMemory(images: rows, sheets: []), components: 6))

        // The same in 64 bits, all at once: signed roots, unit length, standardised with a floor.
        var prepared = (0..<n).map { row in rows.row(row).map { $0 < 0 ? -Double(-$0).squareRoot() : Double($0).squareRoot() } }
        for row in prepared.indices {
            let length = prepared[row].reduce(0) { $0 + $1 * $1 }.squareRoot()
            prepared[row] = prepared[row].map { $0 / length }
        }
        let mean = (0..<dimension).map { column in prepared.reduce(0) { $0 + $1[column] } / Double(n) }
        let variances: [Double] = (0..<dimension).map { column in
            prepared.reduce(0.0) { $0 + ($1[column] - mean[column]) * ($1[column] - mean[column]) } / Double(n)
        }
        let typical: Double = variances.reduce(0, +) / Double(dimension)
        let scale: [Double] = variances.map { 1 / ($0 + 0.1 * typical).squareRoot() }
        for column in 0..<dimension {
            #expect(abs(Double(features.mean[column]) - mean[column]) < 1e-6)
            #expect(abs(Double(features.scale[column]) / scale[column] - 1) < 1e-3)
        }
        // A component is an eigenvector: the covariance of features is diagonal, and its values fall.
        let found = features.features(of: rows)
        var product = Matrix.product(found, .transposed, found)
        product = product.scalingRows([Float](repeating: 1 / Float(n), count: product.rows))
        for i in 0..<product.rows {
            for j in 0..<product.columns where i != j { #expect(abs(product[i, j]) < 2e-3 * product[0, 0]) }
            if i > 0 { #expect(product[i, i] <= product[i - 1, i - 1] * 1.001) }
        }
    }

    @Test("that cannot be read end a training with what the source says", arguments: [true, false])
    func unreadable(failsImages: Bool) throws {
        let world = SyntheticWorld(sheets: 6)
        var set = world.set
        set.descriptors = Broken(whole: DescriptorsInMemory(images: world.set.imageDescriptors, sheets: world.set.sheets), failsImages: failsImages)
        #expect(throws: Broken.Failure(what: failsImages ? "images" : "sheets")) { try CorrelationTrainer(SyntheticWorld.quick).train(set) }
    }

    @Test("of many sheets have components of some of them, and features of all")
    func manySheets() throws {
        var rows = SparseRows(columns: 7)
        for row in 0..<60 { rows.append(row % 5 == 4 ? ([], []) : ([row % 7], [Float(row)])) }
        let some = rows.spread(20)
        #expect(some.count == 20 && rows.spread(100).count == 60)
        let dense = Matrix(rows: 7, columns: 1, values: [Float](repeating: 1, count: 7))
        let sums: [Float] = (0..<20).map { place in
            let row = place * 3
            return row % 5 == 4 ? 0 : Float(row)
        }
        #expect(some.product(dense).values == sums)
        #expect(rows.hasEntries(3) && !rows.hasEntries(4))
    }
}
