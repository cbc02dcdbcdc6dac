import CorrelationLearning
import Evaluating
import Foundation
import LinearAlgebra
import Matching

/// `shogo bench choice`: whether what training chooses is better than the closed form alone, on the pairs of a workspace.
///
/// For each size and seed, sheets are drawn at random: some are held out with all their images, and of the others' pairs so many teach.
/// Both trainings see every descriptor of the archive, as archives do. Held-out images then ask for their sheets among the held-out
/// ones, and these sheets for their images.
public struct ChoiceBenchmark {
    /// Figures of one size over all seeds.
    public struct Row: Encodable, Sendable {
        /// Recalls among the first five and ten, mean of both directions and of the seeds; the deviation over seeds of the latter.
        public struct Figures: Encodable, Sendable {
            public var recallAt5: Double, recallAt10: Double, deviation: Double
        }

        public var pairs: Int, seeds: Int, heldSheets: Int
        public var chosen: Figures, closedForm: Figures
        /// Of `recallAt10`, chosen less closed form, seed by seed: the mean and its standard error.
        public var gain: Double, standardError: Double
        /// How often something else than the closed form's prior was chosen, by part.
        public var choices: [String: Int]
        public var seconds: Double

        /// The same for people, in one line.
        public var text: String {
            func figures(_ figures: Figures) -> String {
                String(format: "R@5 %.3f R@10 %.3f (%.3f)", figures.recallAt5, figures.recallAt10, figures.deviation)
            }
            let parts = choices.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            return String(format: "%6d pairs, %4d sheets held out  chosen %@  closed form %@  gain %+.3f ± %.3f  %.1f s  ", pairs, heldSheets, figures(chosen), figures(closedForm), gain, standardError, seconds)
                + (parts.isEmpty ? "nothing chosen" : parts)
        }
    }

    private let archive: TrainingSet
    private let settings: TrainingSettings
    private let heldShare: Double, mostHeld: Int

    /// Reads the descriptors and the known pairs of an archive; of the sheets a share is held out, at most `mostHeld`.
    public init(archive: OpenWorkspace, heldShare: Double = 0.25, mostHeld: Int = 1000) throws {
        let supervision = try Supervision(archive: archive, files: Supervision.Files())
        self.archive = try LearnStage(archive: archive, supervision: supervision, remark: { _ in }).trainingSet().set
        settings = archive.configuration.learning
        (self.heldShare, self.mostHeld) = (heldShare, mostHeld)
    }

    /// Pairs that are left to teach at most.
    public var mostPairs: Int { archive.pairs.count - Int(Double(archive.pairs.count) * heldShare) }

    public func row(pairs: Int, seeds: Int) throws -> Row {
        var chosen: [(five: Double, ten: Double)] = [], plain = chosen, choices: [String: Int] = [:], held = 0
        let start = ContinuousClock.now
        for seed in 1...UInt64(seeds) {
            let part = draw(pairs: pairs, seed: seed)
            held = part.held.count
            var learning = self.archive, settings = settings
            learning.pairs = part.learning
            settings.seed = seed
            let outcome = try CorrelationTrainer(settings).train(learning)
            chosen.append(try recalls(outcome.model, part.held))
            for choice in outcome.record.choices ?? [] where choice.gain != nil && !choice.chosen.hasPrefix("0 ") { choices[choice.part, default: 0] += 1 }
            settings.validationShare = 0
            plain.append(try recalls(try CorrelationTrainer(settings).train(learning).model, part.held))
        }
        let gains = zip(chosen, plain).map { $0.ten - $1.ten }
        func figures(_ values: [(five: Double, ten: Double)]) -> Row.Figures {
            Row.Figures(recallAt5: Self.mean(values.map(\.five)), recallAt10: Self.mean(values.map(\.ten)), deviation: Self.deviation(values.map(\.ten)))
        }
        return Row(
            pairs: pairs, seeds: seeds, heldSheets: held, chosen: figures(chosen), closedForm: figures(plain), gain: Self.mean(gains),
            standardError: Self.deviation(gains) / Double(max(1, seeds)).squareRoot(), choices: choices,
            seconds: start.duration(to: .now) / .seconds(1) / Double(2 * seeds))
    }

    /// Pairs to learn from, and held-out sheets with their images.
    private func draw(pairs: Int, seed: UInt64) -> (learning: [TrainingPair], held: [(sheet: Int, images: [Int])]) {
        var imagesOfSheet: [Int: [TrainingPair]] = [:]
        for pair in archive.pairs where pair.weight > 0 { imagesOfSheet[pair.sheet, default: []].append(pair) }
        var generator = SeededGenerator(seed: seed)
        let sheets = imagesOfSheet.keys.sorted().shuffled(using: &generator)
        let heldCount = max(1, min(mostHeld, Int(Double(sheets.count) * heldShare)))
        let held = sheets.prefix(heldCount).sorted().map { sheet in (sheet, (imagesOfSheet[sheet] ?? []).map(\.image)) }
        let heldImages = Set(held.flatMap(\.1))
        var learning: [TrainingPair] = []
        for sheet in sheets.dropFirst(heldCount) where learning.count < pairs {
            // An image of two sheets, one of them held out, would have been seen.
            learning += (imagesOfSheet[sheet] ?? []).filter { !heldImages.contains($0.image) }.prefix(pairs - learning.count)
        }
        return (learning, held)
    }

    private func recalls(_ model: CorrelationModel, _ held: [(sheet: Int, images: [Int])]) throws -> (five: Double, ten: Double) {
        let images = held.flatMap(\.images)
        let owners = held.indices.flatMap { place in held[place].images.map { _ in place } }
        let (allImages, allSheets) = try model.codes(of: archive.descriptors)
        let (asked, sheets) = (allImages.gathering(images), allSheets.gathering(held.map(\.sheet)))
        let scores = model.neighbours == 0 ? model.scores(images: asked, sheets: sheets)
            : HubnessCorrection(neighbours: model.neighbours).scores(images: asked, sheets: sheets, allImages: allImages, allSheets: allSheets)
        let toSheets = RetrievalFigures(scores: scores, truths: owners.map { [$0] })
        let toImages = RetrievalFigures(scores: scores.transposed, truths: held.indices.map { place in owners.indices.filter { owners[$0] == place } })
        return ((toSheets.recallAt5 + toImages.recallAt5) / 2, (toSheets.recallAt10 + toImages.recallAt10) / 2)
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

    private static func deviation(_ values: [Double]) -> Double {
        let mean = mean(values)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, values.count - 1))).squareRoot()
    }
}
