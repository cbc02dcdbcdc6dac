import CorrelationLearning
import LinearAlgebra

/// A linear map of standardised rows of each side into a common space.
struct LinearCommonSpace: CommonSpace {
    let image: Standardisation, text: Standardisation
    /// `p x d` and `q x d`.
    let imageMap: Matrix, textMap: Matrix

    func codes(_ set: PairedFeatures) -> (images: Matrix, texts: Matrix) {
        (Matrix.product(image.apply(set.images), imageMap), Matrix.product(text.apply(set.texts), textMap))
    }
}
