public import CorrelationLearning
import LinearAlgebra

/// CCA: the directions in which pairs correlate most, of standardised columns (`RidgedCorrelation`).
///
/// Directions may count by their correlation to a power (Gong, Ke, Isard, Lazebnik, IJCV 2014, who take the fourth).
public struct CanonicalCorrelationBaseline: CrossModalMethod {
    public static let name = "CCA"
    public static let needsLabels = false
    public static let isRandom = false

    public static func candidates(for set: PairedFeatures) -> [CanonicalCorrelationBaseline] {
        [1e-4, 1e-2, 0.1, 1, 10].flatMap { ridge in
            CodeSizes.upTo(min(set.images.columns, set.texts.columns)).flatMap { size in
                [0, 0.5, 1, 2].map { CanonicalCorrelationBaseline(size: size, ridge: ridge, power: $0) }
            }
        }
    }

    /// Dimensions of the common space.
    public var size: Int
    /// What is added to the variance (1) of each column.
    public var ridge: Float
    /// Codes are scaled by the correlations to this power.
    public var power: Float

    public init(size: Int, ridge: Float, power: Float = 0) { (self.size, self.ridge, self.power) = (size, ridge, power) }

    public var settings: String { "k=\(size) ridge=\(ridge) power=\(power)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { try Self.fit([self], set, seed: seed)[0] }

    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        let (image, text) = (Standardisation(set.images), Standardisation(set.texts))
        let correlation = RidgedCorrelation(image.apply(set.images), text.apply(set.texts))
        var found: [Float: RidgedCorrelation.Directions] = [:]
        return try candidates.map { candidate in
            guard let directions = found[candidate.ridge] ?? correlation?.directions(ridge: candidate.ridge) else {
                throw CrossModalMethodError.notFinite(method: name)
            }
            found[candidate.ridge] = directions
            let maps = directions.maps(size: candidate.size, power: candidate.power)
            return LinearCommonSpace(image: image, text: text, imageMap: maps.x, textMap: maps.y)
        }
    }
}
