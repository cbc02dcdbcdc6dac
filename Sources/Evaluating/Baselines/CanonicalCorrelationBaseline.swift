public import CorrelationLearning
import LinearAlgebra

/// CCA: the directions in which pairs correlate most, of standardised columns (`RidgedCorrelation`).
public struct CanonicalCorrelationBaseline: CrossModalMethod {
    public static let name = "CCA"
    public static let needsLabels = false
    public static let isRandom = false

    public static func candidates(for set: PairedFeatures) -> [CanonicalCorrelationBaseline] {
        [1e-4, 1e-2, 0.1, 1, 10].flatMap { ridge in
            CodeSizes.upTo(min(set.images.columns, set.texts.columns)).map { CanonicalCorrelationBaseline(size: $0, ridge: ridge) }
        }
    }

    /// Dimensions of the common space.
    public var size: Int
    /// What is added to the variance (1) of each column.
    public var ridge: Float

    public init(size: Int, ridge: Float) { (self.size, self.ridge) = (size, ridge) }

    public var settings: String { "k=\(size) ridge=\(ridge)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { try Self.fit([self], set, seed: seed)[0] }

    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        let (image, text) = (Standardisation(set.images), Standardisation(set.texts))
        let correlation = RidgedCorrelation(image.apply(set.images), text.apply(set.texts))
        var maps: [Float: (x: Matrix, y: Matrix)] = [:]
        return try candidates.map { candidate in
            guard let found = maps[candidate.ridge] ?? correlation?.maps(ridge: candidate.ridge) else {
                throw CrossModalMethodError.notFinite(method: name)
            }
            maps[candidate.ridge] = found
            return LinearCommonSpace(
                image: image, text: text, imageMap: found.x.leadingColumns(candidate.size), textMap: found.y.leadingColumns(candidate.size))
        }
    }
}
