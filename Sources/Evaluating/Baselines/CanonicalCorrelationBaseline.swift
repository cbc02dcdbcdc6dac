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
        let most = most(set)
        // A power cuts off weak directions by itself, so few sizes will do there.
        let sizes: [(power: Float, sizes: [Int])] = [
            (0, [1, 2, 3, 4, 5, 6, 8, 10, 14, 24, 64, most]), (0.5, [8, 24, most]), (1, [8, 24, most]), (2, [8, 24, most]), (4, [most]),
        ]
        return [1, 0.01, 0.1, 10, 100, 1000].flatMap { ridge in
            sizes.flatMap { power, sizes in
                Set(sizes.map { min($0, most) }).sorted().map { CanonicalCorrelationBaseline(size: $0, ridge: ridge, power: power) }
            }
        }
    }

    /// Dimensions of the common space.
    public var size: Int
    /// What is added to the variance (1) of each column.
    public var ridge: Float
    /// Codes are scaled by the correlations to this power.
    public var power: Float

    private static func most(_ set: PairedFeatures) -> Int { min(set.images.columns, set.texts.columns) }

    public init(size: Int, ridge: Float, power: Float = 0) { (self.size, self.ridge, self.power) = (size, ridge, power) }

    public func tuned(for set: PairedFeatures) -> [TunedNumber] {
        [TunedNumber("k", size, in: 1...Self.most(set)), TunedNumber("ridge", ridge), TunedNumber("power", power)]
    }

    public var settings: String { "k=\(size) ridge=\(ridge) power=\(power)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { try Self.fit([self], set, seed: seed)[0] }

    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        let (image, text) = (Standardisation(set.images), Standardisation(set.texts))
        let correlation = RidgedCorrelation(image.apply(set.images), text.apply(set.texts))
        var found: [Float: CanonicalDirections] = [:]
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
