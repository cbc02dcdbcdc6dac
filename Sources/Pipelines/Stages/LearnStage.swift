import CorrelationLearning
import Describing
import Documents
import LinearAlgebra
import Queueing
import Storage
import SystemPackage

/// Trains a model on the archive's descriptors and pairs.
struct LearnStage {
    let archive: OpenWorkspace

    /// What training made.
    struct Outcome {
        var model: String
        var record: TrainingRecord
        var pairs: Int
    }

    /// Trains on `pairs` and publishes the model; throws `TrainingError.tooFewPairs` when they teach nothing.
    func run(_ pairs: [Pair], remark: @escaping (String) -> Void, progress: (TrainingProgress) -> Void) throws -> Outcome {
        let stages = ContentStages(archive: archive)
        let images = try stages.described(.image)
        let sheets = try stages.described(.sheet)
        let (matrix, firstRow) = try coarse(images)
        let descriptors = try sheets.map { try DescriptorFile.readSheet(file($0.digest, .sheet)) }
        let sheetRow = Dictionary(uniqueKeysWithValues: sheets.enumerated().map { ($1.digest, $0) })
        let pageCount = Dictionary(uniqueKeysWithValues: images.map { ($0.digest, $0.pages) })

        var used: [Pair] = []
        var training: [TrainingPair] = []
        for pair in pairs {
            guard let sheet = sheetRow[pair.sheet], let first = firstRow[pair.image], let count = pageCount[pair.image] else { continue }
            if let page = pair.page, page > count { continue }
            let pages = pair.page.map { $0...$0 } ?? 1...count
            // A pair with a file of many pages is no surer than one with a file of one.
            for page in pages {
                training.append(TrainingPair(sheet: sheet, image: first + page - 1, weight: pair.weight / Float(pages.count)))
            }
            used.append(pair)
        }
        var set = TrainingSet(
            imageDescriptors: matrix, sheets: descriptors, pairs: training, categories: [String?](repeating: nil, count: sheets.count))
        set.sheetNames = sheets.map(\.digest.hex)
        set.imageNames = images.flatMap { image in (0..<image.pages).map { "\(image.digest.hex)#\($0 + 1)" } }
        let checkpoint = CheckpointFile(archive.workspace, remark: remark)
        var (model, record) = try CorrelationTrainer(archive.configuration.learning).train(set, journal: checkpoint, progress: progress)
        model.extractors = Extractor.names
        try ModelFolder(workspace: archive.workspace).publish(model, ModelRecord(training: record, pairs: used.map(ModelRecord.TrainedPair.init)))
        try checkpoint.remove()
        return Outcome(model: model.digest.hex, record: record, pairs: used.count)
    }

    /// One row per page, contents in digest order; and the row of each content's first page.
    private func coarse(_ images: [(digest: ContentDigest, pages: Int)]) throws -> (Matrix, [ContentDigest: Int]) {
        let dimension = ImageDescriber.dimension
        var values: [Float] = []
        values.reserveCapacity(images.reduce(0) { $0 + $1.pages } * dimension)
        var firstRow: [ContentDigest: Int] = [:]
        for (digest, _) in images {
            firstRow[digest] = values.count / dimension
            for page in try DescriptorFile.readPages(file(digest, .image)) { values += page.coarse }
        }
        return (Matrix(rows: values.count / dimension, columns: dimension, values: values), firstRow)
    }

    private func file(_ digest: ContentDigest, _ modality: Modality) -> FilePath {
        archive.workspace.descriptorFile(digest, extractor: Extractor.name(modality))
    }
}

extension ModelRecord.TrainedPair {
    init(_ pair: Pair) {
        self.init(sheet: pair.sheet.hex, image: pair.image.hex, page: pair.page, source: pair.source, weight: pair.weight)
    }
}
