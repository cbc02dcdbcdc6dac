import CorrelationLearning
@testable import Evaluating
import LinearAlgebra
import Testing

struct CorrelationPowerTests {
    private let set = MethodTests.pairs(40, seed: 1)

    @Test(arguments: [0.5, 1, 2] as [Float])
    func `Both maps are the plain ones times the correlations to the power`(power: Float) throws {
        let (image, text) = (Standardisation(set.images), Standardisation(set.texts))
        let correlation = try #require(RidgedCorrelation(image.apply(set.images), text.apply(set.texts)))
        let found = try #require(correlation.directions(ridge: 0.5))
        #expect(found.correlations == found.correlations.sorted(by: >) && found.correlations[0] < 1 && found.correlations[4] >= 0)
        let (plain, weighed) = (found.maps(size: 3, power: 0), found.maps(size: 3, power: power))
        #expect(plain.x == found.x.slicingColumns(0..<3) && plain.y == found.y.slicingColumns(0..<3))
        for (before, after) in [(plain.x, weighed.x), (plain.y, weighed.y)] {
            for row in 0..<before.rows {
                for column in 0..<3 {
                    let factor = (0..<Int(2 * power)).reduce(Float(1)) { result, _ in result * found.correlations[column].squareRoot() }
                    #expect(abs(after[row, column] - before[row, column] * factor) < 1e-5)
                }
            }
        }
    }

    @Test func `CCA and KCCA try several powers and say which they took`() throws {
        #expect(Set(CanonicalCorrelationBaseline.candidates(for: set).map(\.power)).isSuperset(of: [0, 0.5, 1, 2]))
        #expect(Set(KernelCanonicalCorrelation.candidates(for: set).map(\.power)).isSuperset(of: [0, 0.5, 1, 2]))
        #expect(CanonicalCorrelationBaseline(size: 3, ridge: 1, power: 0.5).settings.contains("power=0.5"))
        let test = MethodTests.pairs(30, seed: 2)
        for power in [0, 1] as [Float] {
            let scores = try KernelCanonicalCorrelation(kernel: .exponential(width: 1), size: 4, ridge: 0.01, power: power).fit(set, seed: 1).scores(test)
            #expect(try #require(CrossModalFigures(scores: scores, labels: test.labels).mean) > 0.8)
        }
    }
}
