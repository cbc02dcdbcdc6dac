import Glibc
import LinearAlgebra

/// Principal components of image descriptors: signed square root, length one, centred, standardised, projected.
struct ImageFeatures: Sendable {
    /// `D` values: the mean, and one over the deviation, of each prepared number.
    let mean: [Float]
    let scale: [Float]
    /// `D x k`: principal components, softly whitened.
    let projection: Matrix

    init(mean: [Float], scale: [Float], projection: Matrix) {
        self.mean = mean
        self.scale = scale
        self.projection = projection
    }

    /// Learns from all images (`n x D`) in `O(n D min(n, D))`; `nil` when a number is not finite.
    init?(learning descriptors: Matrix, components: Int) {
        guard descriptors.isFinite else { return nil }
        let (n, dimension) = (descriptors.rows, descriptors.columns)
        let share = 1 / Float(max(1, n))
        var centred = Self.prepared(descriptors)
        let mean = centred.weightedRowSum([Float](repeating: share, count: n))
        centred.addToRows(mean, scale: -1)
        var squares = centred
        for index in squares.values.indices { squares.values[index] *= squares.values[index] }
        let variances = squares.weightedRowSum([Float](repeating: share, count: n))
        let typical = variances.reduce(0, +) / Float(max(1, dimension))
        // A floor keeps nearly constant numbers from shouting.
        let scale = variances.map { typical > 1e-20 ? 1 / sqrtf($0 + 0.1 * typical) : 0 }
        centred = centred.scalingColumns(scale)

        let narrow = dimension <= n
        var gram = narrow ? Matrix.product(centred, .transposed, centred) : Matrix.product(centred, .asIs, centred, .transposed)
        for index in gram.values.indices { gram.values[index] *= share }
        guard let eigen = SymmetricEigen(gram) else { return nil }
        let largest = eigen.values.first ?? 0
        let kept = eigen.values.prefix(components).prefix { $0 > 1e-5 * largest && $0 > 1e-12 }.count
        let leading = eigen.vectors.gathering(Array(0..<kept))
        let axes = narrow ? leading.transposed : Matrix.product(centred, .transposed, leading, .transposed)
        // The fourth root of each variance remains, of mean variance one over all components.
        let roots = eigen.values.prefix(kept).map { sqrtf($0) }
        let level = kept > 0 ? sqrtf(roots.reduce(0, +) / Float(kept)) : 1
        let factors = roots.map { root in
            1 / (sqrtf(root) * level * (narrow ? 1 : root * sqrtf(Float(n))))
        }
        self.init(mean: mean, scale: scale, projection: axes.scalingColumns(factors))
    }

    /// How many features an image has.
    var count: Int { projection.columns }

    /// One row of features per descriptor row (`m x D`).
    func features(of descriptors: Matrix) -> Matrix {
        var rows = Self.prepared(descriptors)
        rows.addToRows(mean, scale: -1)
        return Matrix.product(rows.scalingColumns(scale), projection)
    }

    private static func prepared(_ descriptors: Matrix) -> Matrix {
        var rows = descriptors
        rows.values.withUnsafeMutableBufferPointer { values in
            for index in values.indices { values[index] = values[index] < 0 ? -sqrtf(-values[index]) : sqrtf(values[index]) }
        }
        return rows.normalizingRows
    }
}
