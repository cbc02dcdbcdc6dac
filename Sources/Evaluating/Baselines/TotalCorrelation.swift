import LinearAlgebra

/// The sum of the canonical correlations of two matrices of outputs, and its gradient (Andrew, Arora, Bilmes, Livescu: Deep
/// Canonical Correlation Analysis, ICML 2013).
///
/// With centred `F`, `G` (`n x o`), `S11 = F'F / (n - 1) + r I`, `S22` likewise, `S12 = F'G / (n - 1)` and the SVD
/// `S11^-1/2 S12 S22^-1/2 = U D V'`: the sum is `tr D`. With the maps `A = S11^-1/2 U`, `B = S22^-1/2 V` the paper's gradient
/// becomes `d tr D / dF = (G B - F A D) A' / (n - 1)`, and `d tr D / dG = (F A - G B D) B' / (n - 1)`.
/// About `12 n o^2 + 40 o^3` operations.
struct TotalCorrelation {
    /// The canonical correlations, largest first.
    let correlations: [Float]
    /// The affine maps of outputs into the canonical space.
    let imageMap: CanonicalMap, textMap: CanonicalMap
    /// The gradient of the sum, in the shapes of the outputs.
    let imageGradient: Matrix, textGradient: Matrix

    var sum: Float { correlations.reduce(0, +) }

    /// Compares `n x o` outputs, row by row a pair; `n > 1`. `nil` when a value is not finite.
    init?(images: Matrix, texts: Matrix, ridge: Float) {
        precondition(images.rows == texts.rows && images.rows > 1, "correlation needs pairs of rows")
        let scale = 1 / Float(images.rows - 1)
        let (f, g) = (CenteredRows(images), CenteredRows(texts))
        var cross = Matrix(rows: images.columns, columns: texts.columns)
        cross.setProduct(f.rows, .transposed, g.rows, alpha: scale)
        guard let imageEigen = SymmetricEigen(f.covariance), let textEigen = SymmetricEigen(g.covariance),
            let directions = CanonicalDirections(x: imageEigen, ridge: ridge, y: textEigen, ridge: ridge, cross: cross)
        else { return nil }
        let correlations = directions.correlations, (a, b) = (directions.x, directions.y)
        self.correlations = correlations
        (imageMap, textMap) = (CanonicalMap(means: f.means, matrix: a), CanonicalMap(means: g.means, matrix: b))
        let (u, v) = (Matrix.product(f.rows, a), Matrix.product(g.rows, b))
        func gradient(_ own: Matrix, _ other: Matrix, _ map: Matrix) -> Matrix {
            var difference = other
            difference.add(own.scalingColumns(correlations), scale: -1)
            var gradient = Matrix(rows: own.rows, columns: map.rows)
            gradient.setProduct(difference, .asIs, map, .transposed, alpha: scale)
            return gradient
        }
        imageGradient = gradient(u, v, a)
        textGradient = gradient(v, u, b)
    }
}

/// `(x - means) matrix`: rows of outputs into the canonical space.
struct CanonicalMap {
    let means: [Float]
    let matrix: Matrix

    func callAsFunction(_ rows: Matrix) -> Matrix {
        var centered = rows
        centered.addToRows(means, scale: -1)
        return Matrix.product(centered, matrix)
    }
}

/// Rows less their mean.
private struct CenteredRows {
    let means: [Float]
    let rows: Matrix

    init(_ matrix: Matrix) {
        means = matrix.columnSums.map { $0 / Float(matrix.rows) }
        var rows = matrix
        rows.addToRows(means, scale: -1)
        self.rows = rows
    }

    /// Divided by `n - 1`.
    var covariance: Matrix {
        var covariance = Matrix(rows: rows.columns, columns: rows.columns)
        covariance.setProduct(rows, .transposed, rows, alpha: 1 / Float(rows.rows - 1))
        return covariance
    }
}
