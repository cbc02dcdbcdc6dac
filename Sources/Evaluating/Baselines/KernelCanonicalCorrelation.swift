public import CorrelationLearning
import LinearAlgebra

/// KCCA: canonical correlation in the feature space of a kernel (Hardoon, Szedmak, Shawe-Taylor, Neural Computation 2004).
///
/// CCA with a ridge (`RidgedCorrelation`) of the centred `KernelFeatures` of each side: `(K + r n I)` in terms of Gram matrices,
/// of rank 500 unless told.
public struct KernelCanonicalCorrelation: CrossModalMethod {
    public static let name = "KCCA"
    public static let needsLabels = false
    public static let isRandom = false

    public static func candidates(for set: PairedFeatures) -> [KernelCanonicalCorrelation] {
        let kernels: [RowKernel] = [
            .exponential(width: 1), .exponential(width: 0.25), .exponential(width: 0.5), .exponential(width: 2), .polynomial(degree: 2),
        ]
        // A power cuts off weak directions by itself, so all may stay there.
        let codes: [(size: Int, power: Float)] = [(3, 0), (5, 0), (8, 0), (16, 0), (usualRank, 0.5), (usualRank, 1), (usualRank, 2)]
        return kernels.flatMap { kernel in
            [1e-3, 1e-4, 1e-2, 0.1].flatMap { ridge in
                codes.map { KernelCanonicalCorrelation(kernel: kernel, size: $0.size, ridge: ridge, power: $0.power) }
            }
        }
    }

    var kernel: RowKernel
    /// Dimensions of the common space.
    public var size: Int
    /// What is added to the covariance in feature space.
    public var ridge: Float
    /// Codes are scaled by the correlations to this power.
    public var power: Float

    /// Directions of the kernel that are kept.
    var rank = usualRank
    private static let usualRank = 500

    init(kernel: RowKernel, size: Int, ridge: Float, power: Float = 0) {
        (self.kernel, self.size, self.ridge, self.power) = (kernel, size, ridge, power)
    }

    public func tuned(for set: PairedFeatures) -> [TunedNumber] {
        let numbers = [TunedNumber("k", size, in: 1...rank), TunedNumber("ridge", ridge), TunedNumber("power", power)]
        if case .exponential(let width) = kernel { return numbers + [TunedNumber("width", width)] }
        return numbers
    }

    public var settings: String { "\(kernel.label) k=\(size) ridge=\(ridge) power=\(power)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { try Self.fit([self], set, seed: seed)[0] }

    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        guard set.images.isFinite, set.texts.isFinite else { throw CrossModalMethodError.notFinite(method: name) }
        var scorers: [Int: Scorer] = [:]
        for (kernel, places) in Dictionary(grouping: candidates.indices, by: { candidates[$0].kernel }) {
            let rank = places.map { candidates[$0].rank }.max() ?? 0
            guard let image = Side(set.images, kernel, rank), let text = Side(set.texts, kernel, rank),
                let correlation = RidgedCorrelation(image.centred(set.images), text.centred(set.texts))
            else { throw CrossModalMethodError.notFinite(method: name) }
            for (ridge, places) in Dictionary(grouping: places, by: { candidates[$0].ridge }) {
                guard let directions = correlation.directions(ridge: ridge) else { throw CrossModalMethodError.notFinite(method: name) }
                for place in places {
                    let maps = directions.maps(size: candidates[place].size, power: candidates[place].power)
                    scorers[place] = Scorer(image: image, text: text, imageMap: maps.x, textMap: maps.y)
                }
            }
        }
        return candidates.indices.compactMap { scorers[$0] }
    }

    /// The kernel features of one side and their mean over the training rows.
    private struct Side {
        private let features: KernelFeatures
        private let mean: [Float]

        init?(_ rows: Matrix, _ kernel: RowKernel, _ rank: Int) {
            guard let features = KernelFeatures(KernelRows(rows, for: kernel), kernel, count: rank) else { return nil }
            self.features = features
            mean = features.of(rows).weightedRowSum([Float](repeating: 1 / Float(max(1, rows.rows)), count: rows.rows))
        }

        func centred(_ rows: Matrix) -> Matrix {
            var result = features.of(rows)
            result.addToRows(mean, scale: -1)
            return result
        }
    }

    private struct Scorer: CommonSpace {
        let image: Side, text: Side
        let imageMap: Matrix, textMap: Matrix

        func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) {
            (Matrix.product(image.centred(set.images), imageMap), Matrix.product(text.centred(set.texts), textMap))
        }
    }
}
