import Glibc
import LinearAlgebra

/// Canonical correlation with a ridge (Hotelling 1936; Vinod 1976) of centred pairs: what CCA and KCCA share.
///
/// `max tr(A' Cxy B), A'(Cxx + r I)A = B'(Cyy + r I)B = I`, covariances divided by `n`: the singular vectors of
/// `(Cxx + r I)^-1/2 Cxy (Cyy + r I)^-1/2`. Two eigen decompositions (`9 p^3`, `9 q^3`) once, then an SVD of `p x q` for each ridge.
struct RidgedCorrelation {
    private let x: SymmetricEigen, y: SymmetricEigen
    private let cross: Matrix

    /// From `n x p` and `n x q` columns of mean 0; `nil` when they are not finite.
    init?(_ x: Matrix, _ y: Matrix) {
        func covariance(_ a: Matrix, _ b: Matrix) -> Matrix {
            var result = Matrix(rows: a.columns, columns: b.columns)
            result.setProduct(a, .transposed, b, .asIs, alpha: 1 / Float(max(1, a.rows)))
            return result
        }
        guard let xEigen = SymmetricEigen(covariance(x, x)), let yEigen = SymmetricEigen(covariance(y, y)) else { return nil }
        (self.x, self.y, cross) = (xEigen, yEigen, covariance(x, y))
    }

    /// The directions found, `d = min(p, q)`, largest correlation first.
    struct Directions {
        /// `A` (`p x d`) and `B` (`q x d`).
        let x: Matrix, y: Matrix
        /// The ridged correlation of each pair of directions, 0 to 1.
        let correlations: [Float]

        /// The first `size` columns of both, times their correlations to the `power`: 0 weighs them all alike.
        func maps(size: Int, power: Float) -> (x: Matrix, y: Matrix) {
            let factors = correlations.prefix(size).map { power == 0 ? 1 : powf(max(0, $0), power) }
            return (x.leadingColumns(size).scalingColumns(factors), y.leadingColumns(size).scalingColumns(factors))
        }
    }

    /// `nil` when not finite.
    func directions(ridge: Float) -> Directions? {
        let (xRoot, yRoot) = (Self.inverseRoot(x, ridge), Self.inverseRoot(y, ridge))
        guard let svd = SingularValues(Matrix.product(Matrix.product(xRoot, cross), yRoot)) else { return nil }
        return Directions(
            x: Matrix.product(xRoot, svd.left), y: Matrix.product(yRoot, .asIs, svd.right, .transposed), correlations: svd.values)
    }

    private static func inverseRoot(_ eigen: SymmetricEigen, _ ridge: Float) -> Matrix {
        let factors = eigen.values.map { 1 / sqrtf(max(0, $0) + ridge + 1e-7) }
        return Matrix.product(eigen.vectors, .transposed, eigen.vectors.scalingRows(factors))
    }
}
