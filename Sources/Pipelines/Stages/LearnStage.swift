import CorrelationLearning
import Describing
import Documents
import LinearAlgebra
import Queueing
import Storage
import SystemPackage

/// Trains a model on the archive's descriptors, pairs and labels.
struct LearnStage {
    let archive: OpenWorkspace
    let supervision: Supervision
    let remark: (String) -> Void

    /// What training made.
    struct Outcome {
        /// The digest of the model now in use.
        var model: String
        var record: TrainingRecord
        var pairs: Int
        /// What new pairs changed, where training went on from a model.
        var increment: Increment?
    }

    /// Trains anew and publishes the model; throws `TrainingError.tooFewPairs` when the pairs teach nothing.
    func run(progress: (TrainingProgress) -> Void) throws -> Outcome {
        let (set, used, _) = try trainingSet()
        let checkpoint = CheckpointFile(archive.workspace, remark: remark)
        let trained = try CorrelationTrainer(archive.configuration.learning).train(set, journal: checkpoint, progress: progress)
        return try publish(trained, used, checkpoint)
    }

    /// Goes on from the model in use with the pairs that it did not learn from, and publishes the result when it is better.
    func extend(progress: (TrainingProgress) -> Void) throws -> Outcome {
        let models = ModelFolder(workspace: archive.workspace)
        guard let digest = try models.usableDigest(remark: remark) else {
            throw ShogoError(.failed, "there is no model to go on from; run 'shogo train' without --incremental first")
        }
        let record = try models.record(digest)
        guard let trial = try models.loadTrial(record, of: digest), record.training.heldImages != nil else {
            throw ShogoError(
                .failed, "the model \(digest.prefix(12)) keeps nothing to go on from, since an older version trained it; run 'shogo train' without --incremental once")
        }
        let (set, used, sources) = try trainingSet()
        let known = Set(record.pairs.map(\.place))
        let fresh = set.pairs.indices.filter { !known.contains(ModelRecord.TrainedPair(used[sources[$0]]).place) }
        let previous = PreviousTraining(model: try models.load(digest), trial: trial, record: record.training, fresh: Set(fresh))
        let checkpoint = CheckpointFile(archive.workspace, remark: remark)
        let (trained, increment) = try CorrelationTrainer(archive.configuration.learning).extend(
            previous, with: set, journal: checkpoint, progress: progress)
        guard let trained else {
            try checkpoint.remove()
            return Outcome(model: digest, record: record.training, pairs: record.pairs.count, increment: increment)
        }
        return try publish(trained, used, checkpoint)
    }

    private func publish(_ trained: CorrelationTrainer.Outcome, _ pairs: [Pair], _ checkpoint: CheckpointFile) throws -> Outcome {
        var (model, trial) = (trained.model, trained.trial)
        (model.extractors, trial.extractors) = (Extractor.names, Extractor.names)
        let record = ModelRecord(training: trained.record, pairs: pairs.map(ModelRecord.TrainedPair.init), trial: trial.digest.hex)
        try ModelFolder(workspace: archive.workspace).publish(model, trial: trial, record)
        try checkpoint.remove()
        return Outcome(model: model.digest.hex, record: trained.record, pairs: pairs.count, increment: trained.record.increment)
    }

    /// Everything described, the known pairs that are of it, and which of these each training pair is of.
    func trainingSet() throws -> (set: TrainingSet, used: [Pair], sources: [Int]) {
        let stages = ContentStages(archive: archive)
        let images = try stages.described(.image)
        let sheets = try stages.described(.sheet)
        // Before every descriptor is read for nothing.
        let described = (sheets: Set(sheets.map(\.digest)), images: Set(images.map(\.digest)))
        let paired = Set(supervision.pairs.training.filter { described.sheets.contains($0.sheet) && $0.weight > 0 && described.images.contains($0.image) }.map(\.sheet))
        try CorrelationTrainer.checkSize(pairedSheets: paired.count)
        let sheetRow = Dictionary(uniqueKeysWithValues: sheets.enumerated().map { ($1.digest, $0) })
        var pageRows: [ContentDigest: Range<Int>] = [:], rows = 0
        for (digest, pages) in images {
            pageRows[digest] = rows..<rows + pages
            rows += pages
        }

        var used: [Pair] = []
        var training: [TrainingPair] = [], sources: [Int] = []
        for pair in supervision.pairs.training {
            guard let sheet = sheetRow[pair.sheet], var pages = pageRows[pair.image] else { continue }
            if let page = pair.page {
                guard page <= pages.count else { continue }
                pages = pages.lowerBound + page - 1..<pages.lowerBound + page
            }
            // A pair with a file of many pages is no surer than one with a file of one.
            for row in pages {
                training.append(TrainingPair(sheet: sheet, image: row, weight: pair.weight / Float(pages.count)))
                sources.append(used.count)
            }
            used.append(pair)
        }
        let files = DescriptorFiles(
            archive.workspace, images: images, sheets: sheets.map(\.digest), regionRows: archive.configuration.grain == .fine ? Set(training.map(\.image)) : [])
        var set = TrainingSet(files, pairs: training, categories: sheets.map { supervision.labels.categories[$0.digest] })
        set.sheetNames = sheets.map(\.digest.hex)
        set.imageNames = images.flatMap { image in (0..<image.pages).map { "\(image.digest.hex)#\($0 + 1)" } }
        return (set, used, sources)
    }

    /// Removes every descriptor file that cannot be learned from; answers how many. Reads them all.
    static func removeDamagedDescriptors(_ archive: OpenWorkspace) throws -> Int {
        let stages = ContentStages(archive: archive)
        let sheets = try stages.described(.sheet).count { digest, _ in
            let path = archive.workspace.descriptorFile(digest, extractor: Extractor.name(.sheet))
            return try Workspace.removeIfDamaged(path) { () throws(StorageError) in _ = try DescriptorFile.readSheet(path) }
        }
        let images = try stages.described(.image).count { digest, pages in
            let path = archive.workspace.descriptorFile(digest, extractor: Extractor.name(.image))
            return try Workspace.removeIfDamaged(path) { () throws(StorageError) in _ = try readPages(path, count: pages) }
        }
        return sheets + images
    }

    private static func readPages(_ path: FilePath, count: Int) throws(StorageError) -> [ImageDescriptor] {
        let pages = try DescriptorFile.readPages(path)
        guard pages.count == count else {
            throw .malformed(path: path, why: "it has \(pages.count) pages, and the catalog says \(count)")
        }
        return pages
    }
}

extension ModelRecord.TrainedPair {
    init(_ pair: Pair) {
        self.init(sheet: pair.sheet.hex, image: pair.image.hex, page: pair.page, source: pair.source, weight: pair.weight)
    }
}
