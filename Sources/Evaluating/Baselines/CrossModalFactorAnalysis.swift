public import CorrelationLearning
import LinearAlgebra

/// CFA: orthonormal maps that bring pairs together (Li, Dimitrova, Li, Sethi, ACM Multimedia 2003).
///
/// `min ||X A - Y B||^2, A'A = B'B = I`: the first `k` singular vectors of `X'Y`, of standardised columns. One SVD of `p x q`.
public struct CrossModalFactorAnalysis: CrossModalMethod {
    public static let name = "CFA"
    public static let needsLabels = false
    public static let isRandom = false

    public static func candidates(for set: PairedFeatures) -> [CrossModalFactorAnalysis] {
        let most = most(set), sizes = Set((Array(1...19) + [24, 32, 48, 64, 96, 128, most]).map { min($0, most) }).sorted()
        return sizes.flatMap { size in [0, 0.5, 1, 2].map { CrossModalFactorAnalysis(size: size, power: $0) } }
    }

    /// Dimensions of the common space.
    public var size: Int
    /// Codes are scaled by the singular values to this power; 0 as in the paper.
    public var power: Float

    private static func most(_ set: PairedFeatures) -> Int { min(set.images.columns, set.texts.columns) }

    public init(size: Int, power: Float = 0) { (self.size, self.power) = (size, power) }

    public func tuned(for set: PairedFeatures) -> [TunedNumber] {
        [TunedNumber("k", size, in: 1...Self.most(set)), TunedNumber("power", power)]
    }

    public var settings: String { "k=\(size) power=\(power)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { try Self.fit([self], set, seed: seed)[0] }

    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        let (image, text) = (Standardisation(set.images), Standardisation(set.texts))
        guard let svd = SingularValues(Matrix.product(image.apply(set.images), .transposed, text.apply(set.texts))) else {
            throw CrossModalMethodError.notFinite(method: name)
        }
        let largest = max(svd.values.first ?? 0, Float.leastNormalMagnitude)
        let directions = CanonicalDirections(x: svd.left, y: svd.right.transposed, correlations: svd.values.map { $0 / largest })
        return candidates.map {
            let maps = directions.maps(size: $0.size, power: $0.power)
            return LinearCommonSpace(image: image, text: text, imageMap: maps.x, textMap: maps.y)
        }
    }
}
