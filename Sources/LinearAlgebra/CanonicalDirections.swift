import Glibc

/// Canonical correlation with a ridge (Hotelling 1936; Vinod 1976) from covariances: directions of two sides, a pair of which correlate
/// as much as they can.
///
/// `max tr(A' Cxy B), A'(Cxx + r I)A = B'(Cyy + s I)B = I`: with the SVD `(Cxx + r I)^-1/2 Cxy (Cyy + s I)^-1/2 = U D V'`,
/// `A = (Cxx + r I)^-1/2 U` and `B = (Cyy + s I)^-1/2 V`.
public struct CanonicalDirections: Sendable {
    /// `A` (`p x d`) and `B` (`q x d`), `d = min(p, q)`, largest correlation first.
    public let x: Matrix, y: Matrix
    /// The ridged correlation `D` of each pair of directions, 0 to 1.
    public let correlations: [Float]

    public init(x: Matrix, y: Matrix, correlations: [Float]) {
        (self.x, self.y, self.correlations) = (x, y, correlations)
    }

    /// From the decomposed covariances of both sides, the ridge of each, and the covariance between them (`p x q`); an SVD of `p x q`.
    ///
    /// `nil` when not finite.
    public init?(x: SymmetricEigen, ridge xRidge: Float, y: SymmetricEigen, ridge yRidge: Float, cross: Matrix) {
        let (xRoot, yRoot) = (x.inverseRoot(ridge: xRidge), y.inverseRoot(ridge: yRidge))
        guard let svd = SingularValues(Matrix.product(Matrix.product(xRoot, cross), yRoot)) else { return nil }
        self.init(
            x: Matrix.product(xRoot, svd.left), y: Matrix.product(yRoot, .asIs, svd.right, .transposed), correlations: svd.values)
    }
}

extension SymmetricEigen {
    /// `(A + ridge I)^-1/2`, what whitens rows of covariance `A`; eigenvalues below 0 count as 0.
    public func inverseRoot(ridge: Float) -> Matrix {
        let factors = values.map { 1 / sqrtf(max(0, $0) + ridge) }
        return Matrix.product(vectors, .transposed, vectors.scalingRows(factors))
    }
}
