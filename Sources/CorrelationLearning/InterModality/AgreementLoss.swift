import LinearAlgebra

/// Stage 1's correlation term: half the weighted squared distance of the codes of known pairs (CCL 3.1, `||f - g||^2 / 2`).
enum AgreementLoss {
    /// `images` is `n x d`, `sheets` is `m x d`, `pairs` is `n x m` and sums to one.
    static func evaluate(images: Matrix, sheets: Matrix, pairs: Matrix) -> (loss: Float, images: Matrix, sheets: Matrix) {
        var byImage = images.scalingRows(pairs.rowSums)
        var bySheet = sheets.scalingRows(pairs.columnSums)
        let squares = byImage.rowProducts(images).reduce(0, +) + bySheet.rowProducts(sheets).reduce(0, +)
        let partners = Matrix.product(pairs, sheets)
        let loss = 0.5 * squares - partners.rowProducts(images).reduce(0, +)
        byImage.add(partners, scale: -1)
        bySheet.setProduct(pairs, .transposed, images, alpha: -1, beta: 1)
        return (loss, byImage, bySheet)
    }
}
