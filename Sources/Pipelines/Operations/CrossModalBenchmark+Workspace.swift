import CorrelationLearning
import Evaluating

extension CrossModalBenchmark {
    /// The same contest on the descriptors of a workspace, without labels: one image of each sheet, both reduced as training does from the
    /// `trainPairs` that teach; of the others a thousand at most test. Which pairs these are, seed 1 draws.
    ///
    /// Changes nothing in the workspace. Throws `ShogoError` when it has too few pairs.
    public init(archive: OpenWorkspace, trainPairs: Int, seeds: Int, methods: [String]?, shuffledShare: Double = 0, mostTested: Int = 1000) throws {
        let supervision = try Supervision(archive: archive, files: Supervision.Files())
        let set = try LearnStage(archive: archive, supervision: supervision, remark: { _ in }).trainingSet().set
        let chosen = Self.distinct(set.pairs)
        guard (4..<chosen.count).contains(trainPairs) else {
            throw ShogoError(.usage, "--train-pairs must be from 4 to \(max(4, chosen.count - 1)): \(chosen.count) sheets have an image of their own, and the others test")
        }
        let pairs = Array(chosen.prefix(trainPairs + mostTested))
        guard let all = try set.pairedFeatures(pairs, learning: trainPairs, settings: archive.configuration.learning) else {
            throw ShogoError(.failed, "the descriptors of the workspace hold numbers that are not finite; run 'shogo verify'")
        }
        try self.init(all, trainRows: trainPairs, seeds: seeds, methods: methods, others: [ArchiveMethod.self], shuffledShare: shuffledShare)
    }

    /// In random order, pairs that share no sheet and no image: each row has one partner.
    private static func distinct(_ pairs: [TrainingPair]) -> [TrainingPair] {
        var generator = SeededGenerator(seed: 1)
        var sheets: Set<Int> = [], images: Set<Int> = []
        return pairs.filter { $0.weight > 0 }.shuffled(using: &generator).filter { pair in
            guard !sheets.contains(pair.sheet), !images.contains(pair.image) else { return false }
            sheets.insert(pair.sheet)
            images.insert(pair.image)
            return true
        }
    }
}
