import LinearAlgebra

/// The two encoders of a model in the making.
struct Encoders {
    var image: Encoder
    var text: Encoder

    /// Codes of image features, unit rows.
    func imageCodes(_ features: Matrix) -> Matrix { image.forward(features).code.normalizingRows }

    /// Codes of text features, unit rows; a sheet without a known term gets zeros.
    func textCodes(_ features: Matrix, known: [Bool]) -> Matrix {
        text.forward(features).code.normalizingRows.scalingRows(known.map { $0 ? 1 : 0 })
    }
}
