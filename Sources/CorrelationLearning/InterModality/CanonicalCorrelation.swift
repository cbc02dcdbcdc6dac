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
    let imageEigen: SymmetricEigen, textEigen: SymmetricEigen
    let cross: Matrix

    /// `images` is `n x p`, `texts` is `m x q`, of which `pairs` names rows; `nil` when a value is not finite or nothing weighs.
    ///
    /// Costs two passes over the rows with a pair, `n p^2 + m q^2 + pairs p q`, and the decompositions; in blocks, so no row is copied
    /// more than once at a time.
    init?(images: Matrix, texts: Matrix, pairs: [TrainingPair]) {
        let total = pairs.reduce(0.0) { $0 + Double($1.weight) }
        guard total > 0, total.isFinite else { return nil }
        let share = Float(1 / total)
        var (byImage, byText) = ([Float](repeating: 0, count: images.rows), [Float](repeating: 0, count: texts.rows))
        for pair in pairs {
            byImage[pair.image] += pair.weight * share
            byText[pair.sheet] += pair.weight * share
        }
        let (imageMean, textMean) = (images.weightedRowSum(byImage), texts.weightedRowSum(byText))
        (self.imageMean, self.textMean) = (imageMean, textMean)
        func covariance(_ rows: Matrix, _ weights: [Float], _ mean: [Float]) -> Matrix {
            let used = weights.indices.filter { weights[$0] > 0 }
            return Self.product(used, rows.columns, rows.columns) { chosen in
                let block = rows.gathering(Array(chosen), less: mean)
                return (block, block.scalingRows(chosen.map { weights[$0] }))
            }
        }
        cross = Self.product(pairs, images.columns, texts.columns) { chosen in
            let block = images.gathering(chosen.map(\.image), less: imageMean)
            return (block.scalingRows(chosen.map { $0.weight * share }), texts.gathering(chosen.map(\.sheet), less: textMean))
        }
        guard let imageEigen = SymmetricEigen(covariance(images, byImage, imageMean)), let textEigen = SymmetricEigen(covariance(texts, byText, textMean))
        else { return nil }
        (self.imageEigen, self.textEigen) = (imageEigen, textEigen)
    }

    /// Rows of two matrices at a time.
    private static let block = 4096

    /// The sum over blocks of `left' right`.
    private static func product<Element>(
        _ all: [Element], _ rows: Int, _ columns: Int, _ block: (ArraySlice<Element>) -> (left: Matrix, right: Matrix)
    ) -> Matrix {
        var sum = Matrix(rows: rows, columns: columns)
        for start in stride(from: 0, to: all.count, by: Self.block) {
            let (left, right) = block(all[start..<min(start + Self.block, all.count)])
            sum.setProduct(left, .transposed, right, beta: 1)
        }
        return sum
    }

    /// The correlated directions for ridges relative to the mean variance: what costs most of `maps`, and does not depend on the power.
    /// `nil` when not finite.
    func directions(imageRidge: Float, textRidge: Float) -> CanonicalDirections? {
        CanonicalDirections(
            x: imageEigen, ridge: Self.absolute(imageRidge, imageEigen), y: textEigen, ridge: Self.absolute(textRidge, textEigen), cross: cross)
    }

    /// The maps along these directions, each scaled by its correlation to the power `power`. `nil` when not finite.
    func maps(_ directions: CanonicalDirections, power: Float, dimension: Int) -> Maps? {
        let correlations = directions.correlations
        let factors = (0..<dimension).map { index in
            index < correlations.count && correlations[index] > 1e-5 ? powf(correlations[index], power) : 0
        }
        let image = Self.padded(directions.x, factors), text = Self.padded(directions.y, factors)
        let maps = Maps(
            image: image, imageBias: Matrix.product(Self.rowVector(imageMean), image).values.map { -$0 },
            text: text, textBias: Matrix.product(Self.rowVector(textMean), text).values.map { -$0 })
        return maps.image.isFinite && maps.text.isFinite ? maps : nil
    }

    private static func rowVector(_ values: [Float]) -> Matrix { Matrix(rows: 1, columns: values.count, values: values) }

    private static func absolute(_ ridge: Float, _ eigen: SymmetricEigen) -> Float {
        let level = eigen.values.reduce(0) { $0 + max(0, $1) } / Float(max(1, eigen.values.count))
        return ridge * level + 1e-6
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

extension Matrix {
    /// Some rows, each less `mean`.
    fileprivate func gathering(_ chosen: [Int], less mean: [Float]) -> Matrix {
        var rows = gathering(chosen)
        rows.addToRows(mean, scale: -1)
        return rows
    }
}
