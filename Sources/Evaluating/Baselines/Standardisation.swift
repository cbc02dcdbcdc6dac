import CorrelationLearning
import Glibc
import LinearAlgebra

/// Mean and deviation of each column of training rows, to bring other rows of these features to mean 0 and deviation 1.
struct Standardisation {
    private let mean: [Float], factors: [Float]

    /// From `n x p` rows; a constant column keeps its scale.
    init(_ rows: Matrix) {
        mean = rows.weightedRowSum([Float](repeating: 1 / Float(max(1, rows.rows)), count: rows.rows))
        var centred = rows
        centred.addToRows(mean, scale: -1)
        for index in centred.values.indices { centred.values[index] *= centred.values[index] }
        factors = centred.columnSums.map { $0 > 1e-20 ? sqrtf(Float(rows.rows) / $0) : 1 }
    }

    func apply(_ rows: Matrix) -> Matrix {
        var result = rows
        result.addToRows(mean, scale: -1)
        return result.scalingColumns(factors)
    }
}

/// A linear map of standardised rows of each side into a common space.
struct LinearCommonSpace: CommonSpace {
    let image: Standardisation, text: Standardisation
    /// `p x d` and `q x d`.
    let imageMap: Matrix, textMap: Matrix

    func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) {
        (Matrix.product(image.apply(set.images), imageMap), Matrix.product(text.apply(set.texts), textMap))
    }
}
