import LinearAlgebra
import Testing

@testable import CorrelationLearning
@testable import Evaluating

@Suite("Total correlation, the objective of DCCA")
struct TotalCorrelationTests {
    private static func random(_ rows: Int, _ columns: Int, _ seed: UInt64) -> Matrix {
        var generator = SeededGenerator(seed: seed)
        return Matrix(rows: rows, columns: columns, values: generator.normalMatrix(rows: rows, columns: columns, deviation: 1))
    }

    @Test("The gradient is the slope of the sum", arguments: [0.01, 0.3] as [Float])
    func gradient(_ ridge: Float) throws {
        let (f, g) = (Self.random(12, 3, 1), Self.random(12, 4, 2))
        let total = try #require(TotalCorrelation(images: f, texts: g, ridge: ridge))
        let step: Float = 1e-2
        for index in f.values.indices {
            var (up, down) = (f, f)
            up.values[index] += step
            down.values[index] -= step
            let sums = (TotalCorrelation(images: up, texts: g, ridge: ridge)!.sum, TotalCorrelation(images: down, texts: g, ridge: ridge)!.sum)
            #expect(abs((sums.0 - sums.1) / (2 * step) - total.imageGradient.values[index]) < 1e-3)
        }
        for index in g.values.indices {
            var (up, down) = (g, g)
            up.values[index] += step
            down.values[index] -= step
            let sums = (TotalCorrelation(images: f, texts: up, ridge: ridge)!.sum, TotalCorrelation(images: f, texts: down, ridge: ridge)!.sum)
            #expect(abs((sums.0 - sums.1) / (2 * step) - total.textGradient.values[index]) < 1e-3)
        }
    }

    @Test("A turned copy of the outputs correlates fully, and both maps meet in one space")
    func rotated() throws {
        let f = Self.random(40, 3, 3)
        let g = Matrix.product(f, Matrix(rows: 3, columns: 3, values: [0, 2, 0, 1, 0, 1, 0, 0, -1]))
        let total = try #require(TotalCorrelation(images: f, texts: g, ridge: 1e-5))
        #expect(abs(total.sum - 3) < 1e-2)
        var difference = total.imageMap(f)
        difference.add(total.textMap(g), scale: -1)
        #expect(difference.values.allSatisfy { abs($0) < 0.02 })
    }

    @Test("Outputs that are not numbers have no correlation")
    func notFinite() {
        var f = Self.random(5, 2, 5)
        f[0, 0] = .nan
        #expect(TotalCorrelation(images: f, texts: Self.random(5, 2, 6), ridge: 1) == nil)
    }
}
