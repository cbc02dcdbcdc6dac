import Glibc
package import LinearAlgebra

/// Kernel values between rows and landmarks to features whose products are close to kernel values (kernel PCA, Schölkopf, Smola,
/// Müller 1998; Nyström, Williams, Seeger 2001).
///
/// With `K = V S V'` among the landmarks, `f(row) = k(row, landmarks) V S^-1/2`. Which rows are landmarks, and the kernel, are the
/// caller's. A decomposition of `L x L`, then `2 L r` operations for each row.
package struct LandmarkMap: Equatable, Sendable {
    /// `L x r`.
    private let projection: Matrix

    /// From the kernel among landmarks (`L x L`): at most `rank` directions, of weights above that share of the largest.
    ///
    /// `nil` when the kernel is not finite.
    package init?(among kernel: Matrix, rank: Int, above share: Float) {
        guard let eigen = SymmetricEigen(kernel) else { return nil }
        let kept = eigen.values.prefix(rank).prefix { $0 > share * max(1e-20, eigen.values[0]) }
        projection = eigen.vectors.gathering(Array(kept.indices)).scalingRows(kept.map { 1 / sqrtf($0) }).transposed
    }

    /// How many features a row has (`r`).
    package var count: Int { projection.columns }

    /// `n x r` features of rows whose kernel values with the landmarks (`n x L`) are given.
    package func features(of values: Matrix) -> Matrix { Matrix.product(values, projection) }
}
