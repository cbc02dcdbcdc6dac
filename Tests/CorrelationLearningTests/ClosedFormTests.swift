import LinearAlgebra
import Testing

@testable import CorrelationLearning

@Suite("The closed form") struct ClosedFormTests {
    /// Covariances of every row and pair at once, in 64 bits.
    private struct Reference {
        var images: [[Double]], texts: [[Double]], cross: [[Double]]

        init(_ images: Matrix, _ texts: Matrix, _ pairs: [TrainingPair]) {
            let total = pairs.reduce(0) { $0 + Double($1.weight) }
            func row(_ matrix: Matrix, _ place: Int) -> [Double] { (0..<matrix.columns).map { Double(matrix[place, $0]) } }
            func mean(_ rows: [(row: [Double], weight: Double)]) -> [Double] {
                rows.reduce(into: [Double](repeating: 0, count: rows[0].row.count)) { sum, row in
                    for place in sum.indices { sum[place] += row.row[place] * row.weight / total }
                }
            }
            let x = pairs.map { (row: row(images, $0.image), weight: Double($0.weight)) }
            let y = pairs.map { (row: row(texts, $0.sheet), weight: Double($0.weight)) }
            let (xMean, yMean) = (mean(x), mean(y))
            func product(_ a: [(row: [Double], weight: Double)], _ aMean: [Double], _ b: [(row: [Double], weight: Double)], _ bMean: [Double]) -> [[Double]] {
                aMean.indices.map { i in
                    bMean.indices.map { j in
                        zip(a, b).reduce(0) { $0 + ($1.0.row[i] - aMean[i]) * ($1.1.row[j] - bMean[j]) * $1.0.weight / total }
                    }
                }
            }
            self.images = product(x, xMean, x, xMean)
            self.texts = product(y, yMean, y, yMean)
            cross = product(x, xMean, y, yMean)
        }
    }

    @Test("takes pairs in blocks as if they were one matrix, whatever their weights and however many an image has")
    func blocks() throws {
        var generator = SeededGenerator(seed: 7)
        let (n, m, p, q) = (900, 700, 6, 5)
        let images = Matrix(rows: n, columns: p, values: generator.normalMatrix(rows: n, columns: p, deviation: 1).map { $0 + 3 })
        let texts = Matrix(rows: m, columns: q, values: generator.normalMatrix(rows: m, columns: q, deviation: 1))
        // More pairs than two blocks hold.
        let pairs = (0..<9_000).map { _ in
            TrainingPair(sheet: Int(generator.next() % UInt64(m)), image: Int(generator.next() % UInt64(n)), weight: Float(generator.next() % 4 + 1) / 3)
        }
        let found = try #require(CanonicalCorrelation(images: images, texts: texts, pairs: pairs))
        let reference = Reference(images, texts, pairs)
        for (matrix, exact) in [(found.cross, reference.cross), (found.imageEigen.restored, reference.images), (found.textEigen.restored, reference.texts)] {
            for row in 0..<matrix.rows {
                for column in 0..<matrix.columns { #expect(abs(Double(matrix[row, column]) - exact[row][column]) < 2e-5) }
            }
        }
    }

    @Test("needs pairs that weigh something")
    func nothing() {
        let rows = Matrix(rows: 2, columns: 1, values: [1, 2])
        #expect(CanonicalCorrelation(images: rows, texts: rows, pairs: []) == nil)
        #expect(CanonicalCorrelation(images: rows, texts: rows, pairs: [TrainingPair(sheet: 0, image: 0, weight: .infinity)]) == nil)
    }
}

extension SymmetricEigen {
    /// The matrix that was decomposed.
    fileprivate var restored: Matrix { Matrix.product(vectors, .transposed, vectors.scalingRows(values)) }
}
