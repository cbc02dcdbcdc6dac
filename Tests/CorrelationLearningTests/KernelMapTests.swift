import Glibc
import LinearAlgebra
import Testing

@testable import CorrelationLearning

struct KernelMapTests {
    private static func rows(_ count: Int, _ columns: Int, seed: UInt64, isSigned: Bool) -> Matrix {
        var generator = SeededGenerator(seed: seed)
        return Matrix(rows: count, columns: columns, values: (0..<count * columns).map { _ in isSigned ? generator.normal() : generator.uniform() })
    }

    @Test(arguments: [0, 1, 7, 16, 33])
    func `Chi-squared distances are what the formula says, with zeros on both sides counting nothing`(columns: Int) {
        var (a, b) = (Self.rows(5, columns, seed: 1, isSigned: false), Self.rows(70, columns, seed: 2, isSigned: false))
        for column in stride(from: 0, to: columns, by: 3) { (a[0, column], b[0, column]) = (0, 0) }
        let found = Matrix.chiSquaredDistances(a, b)
        for row in 0..<5 {
            for other in 0..<70 {
                let sum = (0..<columns).reduce(0.0) { sum, column in
                    let (x, y) = (Double(a[row, column]), Double(b[other, column]))
                    return x + y > 0 ? sum + (x - y) * (x - y) / (x + y) : sum
                }
                #expect(abs(Double(found[row, other]) - sum) < 1e-5 * (1 + sum))
            }
        }
    }

    @Test(arguments: [true, false])
    func `Products of features of landmarks are kernel values`(isSigned: Bool) throws {
        let rows = Self.rows(20, 6, seed: 3, isSigned: isSigned)
        let map = try #require(KernelMap(learning: rows, width: 1.5, rank: 20))
        let features = map.features(of: rows)
        let products = Matrix.product(features, .asIs, features, .transposed)
        let distances = isSigned ? KernelMap.Distances(rows, landmarks: 20).among : Matrix.chiSquaredDistances(rows, rows)
        let mean = distances.values.reduce(0, +) / 400
        for index in products.values.indices { #expect(abs(products.values[index] - expf(-1.5 * distances.values[index] / mean)) < 5e-3) }
    }

    @Test func `Landmarks are an even choice, and other rows get features too`() throws {
        let rows = Self.rows(100, 4, seed: 4, isSigned: false)
        let map = try #require(KernelMap(learning: rows, width: 1, rank: 5, landmarks: 10))
        #expect(map.landmarks == rows.gathering((0..<10).map { $0 * 10 }) && map.count == 5)
        #expect(map.features(of: rows).isFinite)
        for length in map.features(of: rows).rowNorms { #expect(abs(length - 1) < 1e-5) }
    }

    @Test func `Equal rows, one row and no rows make a map; undefined numbers do not`() {
        #expect(KernelMap(learning: Matrix(rows: 4, columns: 3), width: 1)?.features(of: Matrix(rows: 2, columns: 3)).isFinite == true)
        #expect(KernelMap(learning: Self.rows(1, 3, seed: 5, isSigned: true), width: 1) != nil)
        #expect(KernelMap(learning: Matrix(rows: 0, columns: 3), width: 1)?.features(of: Matrix(rows: 2, columns: 3)).rows == 2)
        #expect(KernelMap(learning: Matrix(rows: 2, columns: 1, values: [1, .nan]), width: 1) == nil)
    }
}
