import Glibc
import LinearAlgebra

/// Regularised canonical correlation (Vinod 1976) of weighted pairs: the closed form that learning starts from.
///
/// The covariances are decomposed once; each choice of ridges then costs one SVD of the cross-covariance.
struct CanonicalCorrelation {
    /// Linear maps of image and text features into the code space.
    struct Maps {
        var image: Matrix
        var imageBias: [Float]
        var text: Matrix
        var textBias: [Float]
    }

    private let imageMean: [Float], textMean: [Float]
    private let imageEigen: SymmetricEigen, textEigen: SymmetricEigen
    private let cross: Matrix

    /// `images` is `n x p`, `texts` is `m x q`, `pairs` is `n x m` and sums to one; `nil` when a value is not finite.
    init?(images: Matrix, texts: Matrix, pairs: Matrix) {
        let (byImage, byText) = (pairs.rowSums, pairs.columnSums)
        imageMean = images.weightedRowSum(byImage)
        textMean = texts.weightedRowSum(byText)
        var x = images, y = texts
        x.addToRows(imageMean, scale: -1)
        y.addToRows(textMean, scale: -1)
        cross = Matrix.product(Matrix.product(x, .transposed, pairs), y)
        guard let imageEigen = SymmetricEigen(Matrix.product(x, .transposed, x.scalingRows(byImage))),
            let textEigen = SymmetricEigen(Matrix.product(y, .transposed, y.scalingRows(byText)))
        else { return nil }
        self.imageEigen = imageEigen
        self.textEigen = textEigen
    }

    /// The correlated directions for two ridges: what costs most of `maps`, and does not depend on the power.
    struct Directions {
        fileprivate let imageRoot: Matrix, textRoot: Matrix
        fileprivate let svd: SingularValues
    }

    /// For relative ridges; `nil` when not finite.
    func directions(imageRidge: Float, textRidge: Float) -> Directions? {
        let imageRoot = Self.inverseRoot(imageEigen, ridge: imageRidge)
        let textRoot = Self.inverseRoot(textEigen, ridge: textRidge)
        return SingularValues(Matrix.product(Matrix.product(imageRoot, cross), textRoot)).map { Directions(imageRoot: imageRoot, textRoot: textRoot, svd: $0) }
    }

    /// The maps along these directions, each scaled by its correlation to the power `power`. `nil` when not finite.
    func maps(_ directions: Directions, power: Float, dimension: Int) -> Maps? {
        let (imageRoot, textRoot, svd) = (directions.imageRoot, directions.textRoot, directions.svd)
        let kept = min(dimension, svd.values.count)
        let factors = (0..<dimension).map { index in
            index < kept && svd.values[index] > 1e-5 ? powf(svd.values[index], power) : 0
        }
        let image = Self.padded(Matrix.product(imageRoot, svd.left), factors)
        let text = Self.padded(Matrix.product(textRoot, .asIs, svd.right, .transposed), factors)
        let maps = Maps(
            image: image, imageBias: Matrix.product(Self.rowVector(imageMean), image).values.map { -$0 },
            text: text, textBias: Matrix.product(Self.rowVector(textMean), text).values.map { -$0 })
        return maps.image.isFinite && maps.text.isFinite ? maps : nil
    }

    private static func rowVector(_ values: [Float]) -> Matrix { Matrix(rows: 1, columns: values.count, values: values) }

    private static func inverseRoot(_ eigen: SymmetricEigen, ridge: Float) -> Matrix {
        let level = eigen.values.reduce(0) { $0 + max(0, $1) } / Float(max(1, eigen.values.count))
        let factors = eigen.values.map { 1 / sqrtf(max(0, $0) + ridge * level + 1e-6) }
        return Matrix.product(eigen.vectors, .transposed, eigen.vectors.scalingRows(factors))
    }

    /// The leading columns times their factors, with zero columns up to the code dimension.
    private static func padded(_ matrix: Matrix, _ factors: [Float]) -> Matrix {
        var result = Matrix(rows: matrix.rows, columns: factors.count)
        for row in 0..<matrix.rows {
            for column in 0..<min(matrix.columns, factors.count) {
                result[row, column] = matrix[row, column] * factors[column]
            }
        }
        return result
    }
}
