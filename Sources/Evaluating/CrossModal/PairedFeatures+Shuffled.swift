import CorrelationLearning
import LinearAlgebra

extension PairedFeatures {
    /// The set with the texts of a random share of its rows exchanged among them, so that none of these keeps its own.
    ///
    /// Labels stay with the images: the exchanged texts have a wrong partner and mostly a wrong label. A share of fewer than
    /// two rows changes nothing.
    func shufflingTexts(share: Double, seed: UInt64) -> PairedFeatures {
        var generator = SeededGenerator(seed: seed)
        let chosen = generator.permutation(count).prefix(Int((Double(count) * min(1, max(0, share))).rounded()))
        guard chosen.count > 1 else { return self }
        var source = Array(0..<count)
        // One cycle through all that were chosen leaves none in place.
        for (row, next) in zip(chosen, chosen.dropFirst() + chosen.prefix(1)) { source[row] = next }
        return PairedFeatures(
            images: images, texts: texts.gathering(source), labels: labels, classCount: classCount, imageParts: imageParts,
            textParts: textParts?.gathering(source))
    }
}
