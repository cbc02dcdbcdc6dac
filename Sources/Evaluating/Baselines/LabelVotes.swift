import CorrelationLearning
import LinearAlgebra

/// Rows compared by the labels of their nearest training rows in a common space: a score is the chance of equal labels.
struct LabelVotes: CrossModalScorer {
    let space: LinearCommonSpace
    /// The codes of the training rows, and their one-hot labels.
    let known: (images: Matrix, texts: Matrix)
    let targets: Matrix
    let neighbours: Int

    func scores(_ set: PairedFeatures) -> Matrix {
        let codes = space.codes(set)
        return Matrix.product(shares(codes.images), .asIs, shares(codes.texts), .transposed)
    }

    /// `n x classes`: each class's share of the cosines of the nearest training images and texts.
    private func shares(_ codes: Matrix) -> Matrix {
        let unit = codes.normalizingRows
        var votes = Matrix(rows: codes.rows, columns: targets.columns)
        var order = DescendingOrder()
        for side in [known.images, known.texts] {
            var cosines = Matrix.product(unit, .asIs, side.normalizingRows, .transposed)
            for row in 0..<codes.rows {
                let range = row * cosines.columns..<(row + 1) * cosines.columns
                var rank = 0
                var weights = [Float](repeating: 0, count: cosines.columns)
                order.forEach(cosines.values[range]) { other in
                    if rank < neighbours { weights[other] = max(0, cosines[row, other]) }
                    rank += 1
                }
                cosines.values.replaceSubrange(range, with: weights)
            }
            votes.add(Matrix.product(cosines, targets))
        }
        return votes.scalingRows(votes.rowSums.map { $0 > 0 ? 1 / $0 : 0 })
    }
}
