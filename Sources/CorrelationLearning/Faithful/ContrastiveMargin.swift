import Glibc
package import LinearAlgebra

/// Stage 2's pairwise similarity constraint in CCL's own form (CCL section on the common representation).
///
/// `1 / (2 B) sum over p, q of [ w ||s_p - t_q||^2 + (1 - w) max(0, m - ||s_p - t_q||)^2 ]`, `w` 1 where labels agree: pairs of one
/// label come together, others leave the margin.
package enum ContrastiveMargin {
    /// Codes of images and texts (`B x d`) and which agree (`B x B`); gradients by both. Three products of `B B d`.
    ///
    /// `isDoubled`: twice the derivative, as the released code has it.
    package static func evaluate(
        images: Matrix, texts: Matrix, agreement: Matrix, margin: Float, isDoubled: Bool
    ) -> (loss: Float, images: Matrix, texts: Matrix) {
        let products = Matrix.product(images, .asIs, texts, .transposed)
        let (imageSquares, textSquares) = (images.rowNorms.map { $0 * $0 }, texts.rowNorms.map { $0 * $0 })
        let scale = (isDoubled ? 2 : 1) / Float(max(1, images.rows))
        var pull = Matrix(rows: images.rows, columns: texts.rows)
        var loss: Float = 0
        for row in 0..<images.rows {
            for column in 0..<texts.rows {
                let square = max(0, imageSquares[row] + textSquares[column] - 2 * products[row, column])
                let distance = sqrtf(square), same = agreement[row, column]
                let short = max(0, margin - distance)
                loss += same * square + (1 - same) * short * short
                // The small number is the released code's guard against a distance of 0.
                pull[row, column] = scale * (same - (1 - same) * short / (distance + 1e-4))
            }
        }
        var byImage = images.scalingRows(pull.rowSums), byText = texts.scalingRows(pull.columnSums)
        byImage.setProduct(pull, .asIs, texts, .asIs, alpha: -1, beta: 1)
        byText.setProduct(pull, .transposed, images, .asIs, alpha: -1, beta: 1)
        return (loss / Float(2 * max(1, images.rows)), byImage, byText)
    }
}
