public import CorrelationLearning
public import LinearAlgebra

/// How well a method finds texts for images (I2T) and images for texts (T2I) of one set.
public struct CrossModalFigures: Codable, Equatable, Sendable {
    /// Mean average precision over all results; `nil` without labels.
    public var mapI2T: Double?, mapT2I: Double?
    /// The mean of `mapI2T` and `mapT2I`.
    public var mean: Double?
    /// Mean average precision over the first 50 results, with the hits among these as the divisor; `nil` without labels.
    public var map50I2T: Double?, map50T2I: Double?
    /// Share of images whose own text is among the first 1, 5 and 10.
    public var r1I2T: Double, r5I2T: Double, r10I2T: Double
    /// Share of texts whose own image is among the first 1, 5 and 10.
    public var r1T2I: Double, r5T2I: Double, r10T2I: Double
    /// Median rank of the own text, of the own image.
    public var medianRankI2T: Double, medianRankT2I: Double

    /// `scores` is `n x n`, images by texts; `labels` has the class of each pair.
    public init(scores: Matrix, labels: [Int]?) {
        let transposed = scores.transposed
        let partners = (0..<scores.rows).map { [$0] }
        let (texts, images) = (RetrievalFigures(scores: scores, truths: partners), RetrievalFigures(scores: transposed, truths: partners))
        (r1I2T, r5I2T, r10I2T) = (texts.recallAt1, texts.recallAt5, texts.recallAt10)
        (r1T2I, r5T2I, r10T2I) = (images.recallAt1, images.recallAt5, images.recallAt10)
        (medianRankI2T, medianRankT2I) = (Double(texts.medianRank), Double(images.medianRank))
        guard let labels else { return }
        let i2t = MeanAveragePrecision(scores: scores, queryLabels: labels, candidateLabels: labels)
        let t2i = MeanAveragePrecision(scores: transposed, queryLabels: labels, candidateLabels: labels)
        (mapI2T, mapT2I, mean) = (i2t.all, t2i.all, (i2t.all + t2i.all) / 2)
        (map50I2T, map50T2I) = (i2t.first50, t2i.first50)
    }

    /// The figures of what `scorer` makes of `set`.
    public init(_ scorer: any CrossModalScorer, on set: PairedFeatures) {
        self.init(scores: scorer.scores(set), labels: set.labels)
    }

    /// What settings are chosen by: `mean`; without labels the mean of the six recalls.
    public var choice: Double { mean ?? (r1I2T + r5I2T + r10I2T + r1T2I + r5T2I + r10T2I) / 6 }

    /// `choice`, which is their mean, for each image that asks and then for each text.
    static func choiceOfQueries(scores: Matrix, labels: [Int]?) -> [Double] {
        [scores, scores.transposed].flatMap { scores in
            if let labels { return MeanAveragePrecision.ofQueries(scores, labels, labels).map(\.all) }
            return RetrievalFigures.ranks(scores: scores, truths: (0..<scores.rows).map { [$0] }).map { rank in
                Double([1, 5, 10].count { rank <= $0 }) / 3
            }
        }
    }

    /// Figure by figure, the mean over several runs, of which there is at least one; all have labels or none has.
    public init(meanOf runs: [CrossModalFigures]) {
        self = runs[0]
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        let optional: [WritableKeyPath<Self, Double?>] = [\.mapI2T, \.mapT2I, \.mean, \.map50I2T, \.map50T2I]
        for figure in optional where self[keyPath: figure] != nil { self[keyPath: figure] = mean(runs.compactMap { $0[keyPath: figure] }) }
        let always: [WritableKeyPath<Self, Double>] = [
            \.r1I2T, \.r5I2T, \.r10I2T, \.r1T2I, \.r5T2I, \.r10T2I, \.medianRankI2T, \.medianRankT2I,
        ]
        for figure in always { self[keyPath: figure] = mean(runs.map { $0[keyPath: figure] }) }
    }
}
