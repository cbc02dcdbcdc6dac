import Glibc
import LinearAlgebra

/// Stage 2's inter-modality constraint: each image picks its sheets among the batch and each sheet its images
/// (InfoNCE in both directions with many positives, in the place of the paper's margin loss).
enum SimilarityLoss {
    /// Unit rows `images` (`n x d`) and `sheets` (`m x d`); `pairs` is `n x m` and sums to one. Three products of `n m d`.
    static func evaluate(
        images: Matrix, sheets: Matrix, pairs: Matrix, temperature: Float
    ) -> (loss: Float, images: Matrix, sheets: Matrix) {
        let similarities = Matrix.product(images, .asIs, sheets, .transposed)
        let (loss, gradient) = evaluate(similarities: similarities, pairs: pairs, temperature: temperature)
        return (loss, Matrix.product(gradient, sheets), Matrix.product(gradient, .transposed, images, .asIs))
    }

    /// The same from similarities of any kind (`n x m`), with the gradient by these.
    static func evaluate(similarities: Matrix, pairs: Matrix, temperature: Float) -> (loss: Float, gradient: Matrix) {
        let logits = similarities.scalingRows([Float](repeating: 1 / temperature, count: similarities.rows))
        let forward = CrossEntropy.evaluate(logits: logits, targets: pairs)
        let backward = CrossEntropy.evaluate(logits: logits.transposed, targets: pairs.transposed)
        var gradient = forward.gradient
        gradient.add(backward.gradient.transposed)
        return ((forward.loss + backward.loss) / 2, gradient.scalingRows([Float](repeating: 0.5 / temperature, count: gradient.rows)))
    }
}
