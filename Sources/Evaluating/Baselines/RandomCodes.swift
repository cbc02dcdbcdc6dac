public import CorrelationLearning
import LinearAlgebra

/// Codes of normal numbers that know nothing of their row: what chance gives.
public struct RandomCodes: CrossModalMethod {
    public static let name = "random"
    public static let needsLabels = false
    public static let isRandom = true

    public static func candidates(for set: PairedFeatures) -> [RandomCodes] { [RandomCodes()] }

    public init() {}

    public func tuned(for set: PairedFeatures) -> [TunedNumber] {
        []
    }

    public var settings: String { "" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { Scorer(seed: seed) }

    private struct Scorer: CommonSpace {
        let seed: UInt64

        func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) {
            var generator = SeededGenerator(seed: seed)
            func draw() -> Matrix {
                Matrix(rows: set.count, columns: 16, values: generator.normalMatrix(rows: set.count, columns: 16, deviation: 1))
            }
            return (draw(), draw())
        }
    }
}
