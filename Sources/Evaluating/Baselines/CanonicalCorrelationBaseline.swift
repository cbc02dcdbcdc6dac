public import CorrelationLearning
import Glibc
import LinearAlgebra

/// CCA with a ridge (Hotelling 1936; Vinod 1976) on standardised columns.
///
/// `max tr(A' Cxy B), A'(Cxx + r I)A = B'(Cyy + r I)B = I`, covariances divided by `n`: the singular vectors of
/// `(Cxx + r I)^-1/2 Cxy (Cyy + r I)^-1/2`. Two eigen decompositions (`9 p^3`, `9 q^3`), and an SVD of `p x q` for each ridge.
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
        let (x, y) = (image.apply(set.images), text.apply(set.texts))
        let share = 1 / Float(max(1, set.count))
        func covariance(_ a: Matrix, _ b: Matrix) -> Matrix {
            var result = Matrix(rows: a.columns, columns: b.columns)
            result.setProduct(a, .transposed, b, .asIs, alpha: share)
            return result
        }
        let cross = covariance(x, y)
        guard let xEigen = SymmetricEigen(covariance(x, x)), let yEigen = SymmetricEigen(covariance(y, y)) else {
            throw CrossModalMethodError.notFinite(method: name)
        }
        var maps: [Float: (image: Matrix, text: Matrix)] = [:]
        return try candidates.map { candidate in
            let found = try maps[candidate.ridge] ?? Self.maps(xEigen, yEigen, cross, candidate.ridge)
            maps[candidate.ridge] = found
            return LinearCommonSpace(
                image: image, text: text, imageMap: found.image.leadingColumns(candidate.size),
                textMap: found.text.leadingColumns(candidate.size))
        }
    }

    private static func maps(_ x: SymmetricEigen, _ y: SymmetricEigen, _ cross: Matrix, _ ridge: Float) throws -> (Matrix, Matrix) {
        let (xRoot, yRoot) = (inverseRoot(x, ridge), inverseRoot(y, ridge))
        guard let svd = SingularValues(Matrix.product(Matrix.product(xRoot, cross), yRoot)) else {
            throw CrossModalMethodError.notFinite(method: name)
        }
        return (Matrix.product(xRoot, svd.left), Matrix.product(yRoot, .asIs, svd.right, .transposed))
    }

    private static func inverseRoot(_ eigen: SymmetricEigen, _ ridge: Float) -> Matrix {
        let factors = eigen.values.map { 1 / sqrtf(max(0, $0) + ridge + 1e-7) }
        return Matrix.product(eigen.vectors, .transposed, eigen.vectors.scalingRows(factors))
    }
}
