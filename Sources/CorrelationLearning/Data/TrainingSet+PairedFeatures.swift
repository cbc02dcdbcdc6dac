import LinearAlgebra

extension TrainingSet {
    /// The pairs as an archive's training sees them, for comparisons: image descriptors to principal components, sheets to latent
    /// semantic ones (`ImageFeatures`, `TextFeatures`), both learned from the first `learning` pairs alone.
    ///
    /// A row for each pair, in their order; no labels and no parts. `nil` when a number is not finite; throws when a descriptor cannot be
    /// read.
    public func pairedFeatures(_ pairs: [TrainingPair], learning: Int, settings: TrainingSettings) throws -> PairedFeatures? {
        let images = try descriptors.images(at: pairs.map(\.image)), texts = try descriptors.sheets(at: pairs.map(\.sheet))
        let known = DescriptorsInMemory(images: images.gathering(Array(0..<learning)), sheets: Array(texts.prefix(learning)))
        var generator = SeededGenerator(seed: settings.seed), settings = settings
        (settings.imageComponents, settings.textComponents) = (min(settings.imageComponents, ComponentChoice.usual), min(settings.textComponents, ComponentChoice.usual))
        guard let imageFeatures = try ImageFeatures(learning: known, components: settings.imageComponents),
            let textFeatures = try TextFeatures.learning(known, settings: settings, generator: &generator)?.features
        else { return nil }
        return PairedFeatures(images: imageFeatures.features(of: images), texts: textFeatures.features(of: texts).rows)
    }
}
