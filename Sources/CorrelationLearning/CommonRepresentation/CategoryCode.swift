import Glibc
package import LinearAlgebra

/// Class probabilities as unit codes whose cosine across modalities is the chance of one class, `p_i . p_t`.
///
/// `[p ; sqrt(1 - |p|^2) ; 0]` for images, `[p ; 0 ; sqrt(1 - |p|^2)]` for texts: what a length of one needs stands where the
/// other modality has nothing. Within a modality sure documents are near each other, unsure ones only near their like.
package enum CategoryCode {
    /// How many numbers a code has.
    package static func dimension(classes: Int) -> Int { classes + 2 }

    /// `n x classes` probabilities to `n x (classes + 2)` codes of length one.
    package static func codes(_ posteriors: Matrix, isText: Bool) -> Matrix {
        let classes = posteriors.columns
        var codes = Matrix(rows: posteriors.rows, columns: dimension(classes: classes))
        for row in 0..<posteriors.rows {
            var squares: Float = 0
            for column in 0..<classes {
                codes[row, column] = posteriors[row, column]
                squares += posteriors[row, column] * posteriors[row, column]
            }
            codes[row, classes + (isText ? 1 : 0)] = sqrtf(max(0, 1 - squares))
        }
        return codes
    }
}
