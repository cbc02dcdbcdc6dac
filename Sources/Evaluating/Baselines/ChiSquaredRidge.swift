public import CorrelationLearning
import LinearAlgebra

/// Kernel ridge regression of each side to the centred one-hot labels, compared by cosine.
///
/// `A = (K + l I)^-1 Y`, a row's code is `k(row) A` (Saunders, Gammerman, Vovk, ICML 1998); the kernel is chi-squared, or RBF where
/// features can be negative (`RowKernel`). A Cholesky factor of `n x n` for each width and ridge.
public struct ChiSquaredRidge: CrossModalMethod {
    public static let name = "chi-squared ridge"
    public static let needsLabels = true
    public static let isRandom = false

    public static func candidates(for set: PairedFeatures) -> [ChiSquaredRidge] {
        [1, 0.25, 0.5, 2, 4, 8, 16].flatMap { width in [1, 0.03, 0.1, 0.3, 3, 10, 30].map { ChiSquaredRidge(width: width, ridge: $0) } }
    }

    /// The factor of distances in the exponent.
    public var width: Float
    public var ridge: Float

    public init(width: Float, ridge: Float) { (self.width, self.ridge) = (width, ridge) }

    public func tuned(for set: PairedFeatures) -> [TunedNumber] {
        [TunedNumber("width", width), TunedNumber("ridge", ridge)]
    }

    public var settings: String { "width=\(width) ridge=\(ridge)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { try Self.fit([self], set, seed: seed)[0] }

    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        guard set.labels != nil else { throw CrossModalMethodError.needsLabels(method: name) }
        guard set.images.isFinite, set.texts.isFinite else { throw CrossModalMethodError.notFinite(method: name) }
        let targets = set.centredTargets
        let sides = [set.images, set.texts].map { KernelRows($0, for: .exponential(width: 1)) }
        var scorers: [Int: Scorer] = [:]
        // Candidates of one width share its kernels.
        for (width, places) in Dictionary(grouping: candidates.indices, by: { candidates[$0].width }) {
            let kernels = sides.map { $0.values(.exponential(width: width)) }
            for place in places {
                let maps = try kernels.map { kernel in
                    guard let map = kernel.solvingRidge(candidates[place].ridge, targets), map.isFinite else {
                        throw CrossModalMethodError.notFinite(method: name)
                    }
                    return map
                }
                scorers[place] = Scorer(width: width, image: (sides[0], maps[0]), text: (sides[1], maps[1]))
            }
        }
        return candidates.indices.compactMap { scorers[$0] }
    }

    private struct Scorer: CommonSpace {
        let width: Float
        /// The rows learned from, and their `n x classes` map.
        let image: (rows: KernelRows, map: Matrix), text: (rows: KernelRows, map: Matrix)

        func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) {
            let kernel = RowKernel.exponential(width: width)
            return (
                Matrix.product(image.rows.values(kernel, of: set.images), image.map),
                Matrix.product(text.rows.values(kernel, of: set.texts), text.map)
            )
        }
    }
}
