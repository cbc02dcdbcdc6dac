package import LinearAlgebra

/// How well images and texts fit by their parts: each fragment takes the nearest region of the image, and the fragments of a text
/// are averaged (multiple-instance alignment, Karpathy, Fei-Fei, CVPR 2015).
///
/// `s(i, t) = mean over fragments f of t of max over regions r of i of max(0, r . f)`. Costs `2 R F d` operations for `R` regions and
/// `F` fragments in all.
package struct PartAlignment {
    /// `n x m`, images by texts.
    package let scores: Matrix
    /// For each image (row) and fragment (column), the region that it takes, a row of the regions; -1 where the best is not above 0.
    package let chosen: [Int32]
    private let regions: RaggedRows
    private let fragments: RaggedRows

    /// Takes codes of regions by image and of fragments by text; their products are similarities. A text without fragments, and
    /// an image without regions, scores 0.
    package init(regions: RaggedRows, fragments: RaggedRows) {
        let similarities = Matrix.product(regions.values, .asIs, fragments.values, .transposed)
        let count = fragments.values.rows
        var chosen = [Int32](repeating: -1, count: regions.count * count)
        var scores = Matrix(rows: regions.count, columns: fragments.count)
        var best = [Float](repeating: 0, count: count)
        for image in 0..<regions.count {
            for fragment in 0..<count { best[fragment] = 0 }
            for region in regions.range(image) {
                for fragment in 0..<count where similarities.values[region * count + fragment] > best[fragment] {
                    best[fragment] = similarities.values[region * count + fragment]
                    chosen[image * count + fragment] = Int32(region)
                }
            }
            for text in 0..<fragments.count {
                let range = fragments.range(text)
                guard !range.isEmpty else { continue }
                scores[image, text] = range.reduce(0) { $0 + best[$1] } / Float(range.count)
            }
        }
        self.scores = scores
        self.chosen = chosen
        self.regions = regions
        self.fragments = fragments
    }

    /// The gradients by the codes of regions and fragments, from that by the scores (`n x m`).
    package func backward(_ gradient: Matrix) -> (regions: Matrix, fragments: Matrix) {
        let count = fragments.values.rows
        var bySimilarity = Matrix(rows: regions.values.rows, columns: count)
        for text in 0..<fragments.count {
            let range = fragments.range(text)
            for image in 0..<regions.count {
                let share = gradient[image, text] / Float(max(1, range.count))
                guard share != 0 else { continue }
                for fragment in range {
                    let region = Int(chosen[image * count + fragment])
                    if region >= 0 { bySimilarity.values[region * count + fragment] += share }
                }
            }
        }
        return (
            Matrix.product(bySimilarity, fragments.values), Matrix.product(bySimilarity, .transposed, regions.values, .asIs)
        )
    }
}
