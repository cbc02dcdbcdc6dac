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
        CodeSizes.upTo(min(set.images.columns, set.texts.columns)).map { CrossModalFactorAnalysis(size: $0) }
    }

    /// Dimensions of the common space.
    public var size: Int

    public init(size: Int) { self.size = size }

    public var settings: String { "k=\(size)" }

    public func fit(_ set: PairedFeatures, seed: UInt64) throws -> any CrossModalScorer { try Self.fit([self], set, seed: seed)[0] }

    public static func fit(_ candidates: [Self], _ set: PairedFeatures, seed: UInt64) throws -> [any CrossModalScorer] {
        let (image, text) = (Standardisation(set.images), Standardisation(set.texts))
        guard let svd = SingularValues(Matrix.product(image.apply(set.images), .transposed, text.apply(set.texts))) else {
            throw CrossModalMethodError.notFinite(method: name)
        }
        let right = svd.right.transposed
        return candidates.map {
            LinearCommonSpace(
                image: image, text: text, imageMap: svd.left.leadingColumns($0.size), textMap: right.leadingColumns($0.size))
        }
    }
}

/// The sizes of a common space that validation chooses from.
enum CodeSizes {
    /// `1...19`, as the scripts of Peng et al. try, and larger ones as far as `limit` allows.
    static func upTo(_ limit: Int) -> [Int] { (Array(1...19) + [24, 32, 48, 64, 96, 128]).filter { $0 <= max(1, limit) } }
}

extension Matrix {
    /// The first `count` columns, or all when there are fewer.
    func leadingColumns(_ count: Int) -> Matrix {
        let kept = min(count, columns)
        var result = Matrix(rows: rows, columns: kept)
        for row in 0..<rows {
            for column in 0..<kept { result[row, column] = self[row, column] }
        }
        return result
    }
}
