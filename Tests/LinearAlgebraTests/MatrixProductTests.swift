@testable import LinearAlgebra
import TestSupport
import Testing

@Suite("Matrix products")
struct MatrixProductTests {
    static func random(_ rows: Int, _ columns: Int, _ random: inout SplitMix64) -> Matrix {
        Matrix(rows: rows, columns: columns, values: (0..<rows * columns).map { _ in Float.random(in: -1...1, using: &random) })
    }

    /// By the definition, in double precision, element by element.
    static func slow(_ a: Matrix, _ b: Matrix) -> [Double] {
        var result: [Double] = []
        for row in 0..<a.rows {
            for column in 0..<b.columns {
                result.append((0..<a.columns).reduce(0) { $0 + Double(a[row, $1]) * Double(b[$1, column]) })
            }
        }
        return result
    }

    static func agree(_ fast: [Float], _ slow: [Double]) -> Bool {
        fast.count == slow.count && zip(fast, slow).allSatisfy { abs(Double($0) - $1) < 1e-4 }
    }

    @Test("Products work in the calling thread alone, from the first one on")
    func oneThread() { #expect(BLAS.threadCount == 1) }

    @Test("All four orientations agree with the definition, for any shape", arguments: 0..<40)
    func orientations(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let (m, k, n) = (Int.random(in: 1...33, using: &random), Int.random(in: 1...70, using: &random), Int.random(in: 1...33, using: &random))
        let (a, b) = (Self.random(m, k, &random), Self.random(k, n, &random))
        let expected = Self.slow(a, b)
        for product in [
            Matrix.product(a, .asIs, b), .product(a.transposed, .transposed, b), .product(a, .asIs, b.transposed, .transposed),
            .product(a.transposed, .transposed, b.transposed, .transposed),
        ] {
            #expect((product.rows, product.columns) == (m, n))
            #expect(Self.agree(product.values, expected), "\(m) x \(k) x \(n)")
        }
        var sum = Self.random(m, n, &random)
        let before = sum
        sum.setProduct(a, .asIs, b, .asIs, alpha: 2, beta: -0.5)
        #expect(Self.agree(sum.values, zip(expected, before.values).map { 2 * $0 - 0.5 * Double($1) }))
    }

    @Test("Products without rows, columns or inner length are empty or zero")
    func empty() {
        #expect(Matrix.product(Matrix(rows: 0, columns: 3), .asIs, Matrix(rows: 3, columns: 2)) == Matrix(rows: 0, columns: 2))
        #expect(Matrix.product(Matrix(rows: 2, columns: 3), .asIs, Matrix(rows: 3, columns: 0)) == Matrix(rows: 2, columns: 0))
        #expect(Matrix.product(Matrix(rows: 2, columns: 0), .asIs, Matrix(rows: 0, columns: 2)) == Matrix(rows: 2, columns: 2))
    }

    @Test("Turning twice is nothing, gathering takes rows in the order asked")
    func rows() {
        var random = SplitMix64(seed: 9)
        let a = Self.random(5, 3, &random)
        #expect(a.transposed.transposed == a)
        #expect(a.gathering([4, 0, 4]).values == a.row(4) + a.row(0) + a.row(4))
        #expect(a.gathering([]).rows == 0)
    }

    @Test("Squared distances are what the formula says, of a row to itself 0 and never less", arguments: 0..<10)
    func squaredDistances(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let (n, m, d) = (Int.random(in: 0...20, using: &random), Int.random(in: 1...20, using: &random), Int.random(in: 1...9, using: &random))
        let (a, b) = (Self.random(n, d, &random), Self.random(m, d, &random))
        let found = Matrix.squaredDistances(a, b)
        let expected = (0..<n).flatMap { row in (0..<m).map { other in
            (0..<d).reduce(0.0) { $0 + Double(a[row, $1] - b[other, $1]) * Double(a[row, $1] - b[other, $1]) }
        } }
        #expect((found.rows, found.columns) == (n, m) && Self.agree(found.values, expected))
        let own = Matrix.squaredDistances(b, b)
        #expect((0..<m).allSatisfy { own[$0, $0] >= 0 && own[$0, $0] < 1e-5 })
    }
}
