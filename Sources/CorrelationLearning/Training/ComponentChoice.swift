import LinearAlgebra

/// Chooses how many principal components of either modality count, and how much the later ones do.
///
/// What comes in: a problem with all components that were learned. What goes out: a factor for each component that stays. It promises:
/// the usual ones, `usual` of even softened lengths, unless held-back pairs surely gain by all of them at their own lengths, where the
/// later ones say less (images, sheets, or both). Costs three more closed forms of all components a fold.
struct ComponentChoice {
    /// By component, what features are multiplied by; the others go.
    struct Weights: Equatable {
        var image: [Float], text: [Float]
    }

    let settings: TrainingSettings
    let problem: CommonSpaceLearner.Problem
    let folds: [ValidationSplit]

    /// Enough for hand-made descriptors and some hundred pairs (docs/benchmarks.md).
    static let usual = 128

    func choose() throws(TrainingError) -> (weights: Weights, choice: TrainingRecord.Choice?) {
        let (images, texts) = (Self.deviations(problem.images), Self.deviations(problem.texts))
        let (usualImages, usualTexts) = (Self.usual(images), Self.usual(texts))
        let candidates = [
            Weights(image: usualImages, text: usualTexts), Weights(image: usualImages, text: Self.plain(texts)),
            Weights(image: Self.plain(images), text: usualTexts), Weights(image: Self.plain(images), text: Self.plain(texts)),
        ]
        guard !folds.isEmpty, !(problem.classes > 1 && settings.balance == .fixed(1)) else { return (candidates[0], nil) }
        var first: [Double] = [], best: (place: Int, gain: Gain)?, sheets: [Int] = []
        for (place, candidate) in candidates.enumerated() {
            let search = Schedule.Search(settings: settings, problem: problem.weighted(candidate))
            var scores: [Double] = []
            for split in folds {
                let questions = Questions(search.problem, split, balance: settings.balance)
                if place == 0 { sheets += questions.sheetOfEach }
                let correlation = try search.correlation(split.learning)
                guard let directions = correlation.directions(imageRidge: ClosedFormSearch.prior.imageRidge, textRidge: ClosedFormSearch.prior.textRidge)
                else { throw .notFinite(stage: .start, epoch: 0) }
                scores += questions.scores(try search.start(correlation, directions, ClosedFormSearch.prior, hiddenUnits: 0))
            }
            if place == 0 { first = scores }
            let gain = Gain(scores, over: first, sheets: sheets)
            if gain.atLeast > max(0, best?.gain.atLeast ?? 0) { best = (place, gain) }
        }
        let chosen = candidates[best?.place ?? 0]
        func text(_ weights: [Float], _ usual: [Float]) -> String { "\(weights.count)\(weights == usual ? "" : " at their lengths")" }
        return (
            chosen,
            TrainingRecord.Choice(
                part: "components", chosen: "\(text(chosen.image, usualImages)) of images, \(text(chosen.text, usualTexts)) of sheets", candidates: candidates.count,
                folds: folds.count, gain: best?.gain.mean, standardError: best?.gain.standardError)
        )
    }

    /// The first components, as they are, of mean variance one.
    private static func usual(_ deviations: [Float]) -> [Float] {
        let kept = deviations.prefix(usual)
        return normalised([Float](repeating: 1, count: kept.count), Array(kept))
    }

    /// All components by their own lengths: features have the square root of these.
    private static func plain(_ deviations: [Float]) -> [Float] { normalised(deviations, deviations) }

    private static func normalised(_ factors: [Float], _ deviations: [Float]) -> [Float] {
        let squares = zip(factors, deviations).reduce(Float(0)) { $0 + ($1.0 * $1.1) * ($1.0 * $1.1) }
        let level = squares > 0 ? (Float(max(1, factors.count)) / squares).squareRoot() : 1
        return factors.map { $0 * level }
    }

    /// Of each column; features have mean zero.
    private static func deviations(_ features: Matrix) -> [Float] {
        var squares = [Double](repeating: 0, count: features.columns)
        features.values.withUnsafeBufferPointer { values in
            for row in 0..<features.rows {
                for column in 0..<features.columns {
                    let value = Double(values[row * features.columns + column])
                    squares[column] += value * value
                }
            }
        }
        return squares.map { Float(($0 / Double(max(1, features.rows))).squareRoot()) }
    }
}

extension CommonSpaceLearner.Problem {
    /// The same with some components, weighted.
    func weighted(_ weights: ComponentChoice.Weights) -> Self {
        var problem = self
        func image(_ rows: Matrix) -> Matrix { rows.leadingColumns(times: weights.image) }
        func text(_ rows: Matrix) -> Matrix { rows.leadingColumns(times: weights.text) }
        (problem.images, problem.texts) = (image(images), text(texts))
        problem.parts = parts.map {
            PartFeatures(images: $0.images.replacing(image($0.images.values)), texts: $0.texts.replacing(text($0.texts.values)), wholeImages: problem.images, wholeTexts: problem.texts)
        }
        return problem
    }
}

extension ImageFeatures {
    func weighted(_ weights: [Float]) -> ImageFeatures {
        ImageFeatures(mean: mean, scale: scale, projection: projection.leadingColumns(times: weights))
    }
}

extension TextFeatures {
    func weighted(_ weights: [Float]) -> TextFeatures {
        TextFeatures(vocabulary: vocabulary, projection: projection.leadingColumns(times: weights), mean: zip(mean, weights).map { $0 * $1 })
    }
}
