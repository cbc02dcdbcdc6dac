import Glibc
import LinearAlgebra

/// `CanonicalDirections` of centred pairs, covariances divided by `n`: what CCA and KCCA share.
///
/// Two eigen decompositions (`9 p^3`, `9 q^3`) once, then an SVD of `p x q` for each ridge.
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

    /// `nil` when not finite.
    func directions(ridge: Float) -> CanonicalDirections? {
        CanonicalDirections(x: x, ridge: ridge + 1e-7, y: y, ridge: ridge + 1e-7, cross: cross)
    }
}

extension CanonicalDirections {
    /// The first `size` columns of both, times their correlations to the `power`: 0 weighs them all alike.
    func maps(size: Int, power: Float) -> (x: Matrix, y: Matrix) {
        let factors = correlations.prefix(size).map { power == 0 ? 1 : powf(max(0, $0), power) }
        return (x.leadingColumns(times: factors), y.leadingColumns(times: factors))
    }
}
