public import CorrelationLearning
import LinearAlgebra

/// Linear ridge regression of each side to the centred one-hot labels, compared by cosine.
///
/// `A = (X'X + l I)^-1 X'Y` on standardised columns (Hoerl, Kennard 1970). A Cholesky factor of `p x p` for each ridge.
public struct LabelRidge: CrossModalMethod {
    public static let name = "label ridge"
    public static let needsLabels = true
    public static let isRandom = false

    public static func candidates(for set: PairedFeatures) -> [LabelRidge] {
        [1, 3, 10, 30, 100, 200, 300, 500, 1000, 2000, 3000, 5000, 10_000, 30_000, 100_000].map { LabelRidge(ridge: $0) }
    }

    /// What is added to the sums of squares, which are `n` for each column.
    public var ridge: Float

    public init(ridge: Float) { self.ridge = ridge }

    public func tuned(for set: PairedFeatures) -> [TunedNumber] {
        [TunedNumber("ridge", ridge)]
    }

    public var settings: String { "ridge=\(ridge)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer {
        guard set.labels != nil else { throw CrossModalMethodError.needsLabels(method: Self.name) }
        let targets = set.centredTargets
        func map(_ x: Matrix) throws -> Matrix {
            guard let map = Matrix.product(x, .transposed, x).solvingRidge(ridge, Matrix.product(x, .transposed, targets)), map.isFinite else {
                throw CrossModalMethodError.notFinite(method: Self.name)
            }
            return map
        }
        let (image, text) = (Standardisation(set.images), Standardisation(set.texts))
        return LinearCommonSpace(
            image: image, text: text, imageMap: try map(image.apply(set.images)), textMap: try map(text.apply(set.texts)))
    }
}

extension PairedFeatures {
    /// One-hot rows of the labels less their mean.
    var centredTargets: Matrix {
        var targets = targets
        targets.addToRows(targets.columnSums, scale: -1 / Float(max(1, count)))
        return targets
    }
}
