import LinearAlgebra

extension TrainingSet {
    /// The pairs as an archive's training sees them, for comparisons: image descriptors to principal components, sheets to latent
    /// semantic ones (`ImageFeatures`, `TextFeatures`), both learned from the first `learning` pairs alone.
    ///
    /// A row for each pair, in their order; no labels and no parts. `nil` when a number is not finite.
    public func pairedFeatures(_ pairs: [TrainingPair], learning: Int, settings: TrainingSettings) -> PairedFeatures? {
        let images = imageDescriptors.gathering(pairs.map(\.image)), texts = pairs.map { sheets[$0.sheet] }
        var generator = SeededGenerator(seed: settings.seed)
        guard
            let imageFeatures = ImageFeatures(learning: images.gathering(Array(0..<learning)), components: settings.imageComponents),
            let textFeatures = TextFeatures(learning: Array(texts.prefix(learning)), settings: settings, generator: &generator)
        else { return nil }
        return PairedFeatures(images: imageFeatures.features(of: images), texts: textFeatures.features(of: texts).rows)
    }
}
