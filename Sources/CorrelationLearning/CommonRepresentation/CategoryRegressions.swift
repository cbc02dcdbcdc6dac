/// Calibrated classifiers of both modalities over the same classes.
package struct CategoryRegressions: Equatable, Sendable {
    package var image: SoftmaxRegression
    package var text: SoftmaxRegression

    package init(image: SoftmaxRegression, text: SoftmaxRegression) {
        self.image = image
        self.text = text
    }
}
