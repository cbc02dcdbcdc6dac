import Glibc
import LinearAlgebra

/// Stage 2's inter-modality constraint: each image picks its sheets among the batch and each sheet its images
/// (InfoNCE in both directions with many positives, in the place of the paper's margin loss).
enum SimilarityLoss {
    /// Unit rows `images` (`n x d`) and `sheets` (`m x d`); `pairs` is `n x m` and sums to one. `robustness` as in
    /// `CrossEntropy`. Three products of `n m d`.
    static func evaluate(
        images: Matrix, sheets: Matrix, pairs: Matrix, temperature: Float, robustness: Float = 0
    ) -> (loss: Float, images: Matrix, sheets: Matrix) {
        var logits = Matrix(rows: images.rows, columns: sheets.rows)
        logits.setProduct(images, .asIs, sheets, .transposed, alpha: 1 / temperature)
        let forward = CrossEntropy.evaluate(logits: logits, targets: pairs, robustness: robustness)
        let backward = CrossEntropy.evaluate(logits: logits.transposed, targets: pairs.transposed, robustness: robustness)
        var gradient = forward.gradient
        gradient.add(backward.gradient.transposed)
        var byImage = Matrix(rows: images.rows, columns: images.columns)
        byImage.setProduct(gradient, sheets, alpha: 0.5 / temperature)
        var bySheet = Matrix(rows: sheets.rows, columns: sheets.columns)
        bySheet.setProduct(gradient, .transposed, images, alpha: 0.5 / temperature)
        return ((forward.loss + backward.loss) / 2, byImage, bySheet)
    }
}
