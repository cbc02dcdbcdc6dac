import Glibc
package import LinearAlgebra

/// How far logits and labels can be trusted, told by rows that the logits were not learned from.
///
/// A label is right with probability `1 - noise`, else drawn by the classes' shares:
/// `P(label | x) = (1 - noise) softmax(sharpness logits)[label] + noise share[label]`. Temperature scaling (Guo et al., ICML 2017) and
/// the share of wrong labels are found together, by likelihood on a grid.
package struct Calibration: Equatable, Sendable {
    package let sharpness: Float
    package let noise: Float
    /// Mean log-likelihood of the labels.
    package let likelihood: Double

    static let sharpnesses: [Float] = [0.5, 0.7, 1, 1.25, 1.5, 2, 2.5, 3, 4]
    static let noises: [Float] = [0] + (0..<30).map { 0.02 + 0.02 * Float($0) }

    /// `logits` is `n x classes`; rows without a label say nothing. Costs `n classes` for each of nine temperatures.
    package init(logits: Matrix, labels: [Int?], shares: [Float], allowsNoise: Bool = true) {
        let known = labels.indices.filter { labels[$0] != nil }
        let chosen = logits.gathering(known)
        var best = (sharpness: Float(1), noise: Float(0), likelihood: -Double.infinity)
        for sharpness in Self.sharpnesses {
            var posteriors = chosen.scalingRows([Float](repeating: sharpness, count: chosen.rows))
            posteriors.softmaxRows()
            let pairs = known.enumerated().map { (posteriors[$0, labels[$1] ?? 0], shares[labels[$1] ?? 0]) }
            for noise in allowsNoise ? Self.noises : [0] {
                let sum = pairs.reduce(0.0) { $0 + Double(logf(max(1e-12, (1 - noise) * $1.0 + noise * $1.1))) }
                if sum > best.likelihood { best = (sharpness, noise, sum) }
            }
        }
        (sharpness, noise, likelihood) = (best.sharpness, best.noise, best.likelihood / Double(max(1, known.count)))
    }

    /// Logits as they are, all labels right: too few tell better. The likelihood is that of these labels all the same, so that a side that
    /// knows little is not taken for one that knows everything; without labels it is the lowest of all.
    package init(believing logits: Matrix, labels: [Int?]) {
        let known = labels.indices.filter { labels[$0] != nil }
        var posteriors = logits.gathering(known)
        posteriors.softmaxRows()
        let sum = known.enumerated().reduce(0.0) { $0 + Double(logf(max(1e-12, posteriors[$1.offset, labels[$1.element] ?? 0]))) }
        (sharpness, noise, likelihood) = (1, 0, known.isEmpty ? -.infinity : sum / Double(known.count))
    }

    /// The chance that a label is right, given the posterior of its class and the share of its class.
    package func trust(posterior: Float, share: Float) -> Float {
        let right = (1 - noise) * posterior
        return right / max(1e-12, right + noise * share)
    }
}
