import CorrelationLearning
@testable import Evaluating
import Foundation
import LinearAlgebra
import Testing

/// Numbers of an independent NumPy program, written from the paper's equations, on one small problem: 14 rows of 5 and 4 waves in
/// three classes, 4 neighbours, 5 turns, double precision.
struct JointRepresentationReferenceTests {
    private static let cases: [(sparsity: Float, graph: Float, pairs: Float, image: [Float], text: [Float])] = [
        (
            1, 1, 1,
            [0.00744, 0.03361, -0.04106, 0.01157, -0.02722, 0.01565, 0.07357, 0.03121, -0.10478, -0.00701, -0.00651, 0.01352, 0.00574, -0.01836, 0.01261],
            [0.00715, -0.04491, 0.03776, -0.31473, 0.28855, 0.02618, 0.00009, 0.00086, -0.00095, -0.02200, 0.00643, 0.01557]
        ),
        (
            3, 0.5, 0.1,
            [0.00192, 0.00647, -0.00839, 0.00103, -0.00156, 0.00054, 0.07576, 0.02449, -0.10025, -0.00042, -0.00037, 0.00079, 0.00007, -0.00006, -0.00001],
            [0.00390, -0.01146, 0.00755, -0.34735, 0.32884, 0.01851, -0.00009, 0.00051, -0.00042, -0.01021, 0.00368, 0.00653]
        ),
        (
            0.5, 0, 10,
            [0.02061, 0.06401, -0.08462, -0.00197, -0.05595, 0.05792, 0.02705, 0.03689, -0.06394, -0.00634, -0.01165, 0.01799, 0.00892, -0.02215, 0.01323],
            [-0.02290, -0.08327, 0.10617, -0.10970, 0.07548, 0.03422, -0.00331, -0.00474, 0.00804, -0.00463, -0.00124, 0.00587]
        ),
    ]

    private static func waves(_ columns: Int, _ value: (Double, Double, Double) -> Double) -> Matrix {
        Matrix(
            rows: 14, columns: columns,
            values: (0..<14).flatMap { row in (0..<columns).map { Float(value(Double(row), Double($0), Double(row % 3))) } })
    }

    @Test func `The maps of JRL are those of the reference`() throws {
        let x = Self.waves(5) { row, column, label in sin(1.3 * (row + 1) * (column + 1) + 0.5 * label) }
        let z = Self.waves(4) { row, column, label in cos(0.7 * (row + 1) * (column + 2) + 0.8 * label) }
        let set = PairedFeatures(images: x, texts: z, labels: (0..<14).map { $0 % 3 })
        let problem = JointRepresentationLearning.Problem(x, z, set.centredTargets, neighbours: 4)
        for (sparsity, graph, pairs, image, text) in Self.cases {
            let method = JointRepresentationLearning(sparsity: sparsity, graph: graph, pairs: pairs, votes: false)
            let maps = try #require(problem.solve(method, turns: 5))
            for (found, expected) in [(maps.image, image), (maps.text, text)] {
                #expect(zip(found.values, expected).allSatisfy { abs($0 - $1) < 1e-3 }, "\(method.settings): \(found.values)")
            }
        }
    }
}
