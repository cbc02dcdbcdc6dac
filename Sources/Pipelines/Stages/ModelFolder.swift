import CorrelationLearning
import Documents
import FoundationEssentials
import Storage
import SystemPackage

/// The `models` folder: immutable models named by digest, each with its record and pairs, and `CURRENT`.
struct ModelFolder {
    let workspace: Workspace

    private var currentFile: FilePath { workspace.modelFolder.appending("CURRENT") }
    private func modelFile(_ digest: String) -> FilePath { workspace.modelFolder.appending(digest + ".safetensors") }
    func plotFile(_ digest: String) -> FilePath { workspace.modelFolder.appending(digest + ".svg") }
    private func trialFile(_ digest: String) -> FilePath { workspace.modelFolder.appending(digest + ".trial.safetensors") }
    func recordFile(_ digest: String) -> FilePath { workspace.modelFolder.appending(digest + ".json") }

    /// The hex digest of the model in use, or `nil` before the first training.
    func currentDigest() throws -> String? {
        do {
            let digest = String(decoding: try WholeFile.read(currentFile, limit: 1_024).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
            guard ContentDigest(hex: digest) != nil else { throw StorageError.malformed(path: currentFile, why: "it does not name a model") }
            return digest
        } catch StorageError.system(_, _, .noSuchFileOrDirectory) {
            return nil
        }
    }

    /// The model in use when it is whole, with its record, and reads the descriptors of this build; else `nil`, and `remark` hears why.
    func usableDigest(remark: (String) -> Void) throws -> String? {
        guard let digest = try currentDigest() else { return nil }
        do {
            let model = try load(digest)
            _ = try record(digest)
            guard model.extractors == Extractor.names else {
                remark("the model \(digest.prefix(12)) was trained on descriptors of another version of Shogo, and is not used any more")
                return nil
            }
            return digest
        } catch let error as StorageError where error.isDamage || error.isMissing {
            remark("the model \(digest.prefix(12)) cannot be used: \(error)")
            return nil
        }
    }

    /// Loads a model and proves that it is the one its name says.
    func load(_ digest: String) throws -> CorrelationModel {
        do throws(StorageError) { return try load(modelFile(digest), digest) } catch { throw error.named(by: currentFile) }
    }

    /// The model as validation judged it; `nil` when there is none: an older training kept none, or somebody deleted it.
    func loadTrial(_ record: ModelRecord, of digest: String) throws(StorageError) -> CorrelationModel? {
        guard let trial = record.trial else { return nil }
        do { return try load(trialFile(digest), trial) } catch where error.isMissing { return nil }
    }

    private func load(_ path: FilePath, _ digest: String) throws(StorageError) -> CorrelationModel {
        let model = try CorrelationModel(contentsOf: path)
        guard model.digest.hex == digest else { throw .checksumMismatch(path: path, tensor: "header") }
        return model
    }

    /// Writes model, trial, record and plot, then makes the model current.
    func publish(_ model: CorrelationModel, trial: CorrelationModel, _ record: ModelRecord) throws {
        try AtomicFile.createDirectory(workspace.modelFolder)
        let digest = model.digest.hex
        try model.tensorFile.write(to: modelFile(digest))
        try trial.tensorFile.write(to: trialFile(digest))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try AtomicFile.write(Array(try encoder.encode(record)), to: recordFile(digest))
        try AtomicFile.write(Array(LossPlot(record: record.training).svg.utf8), to: plotFile(digest))
        try AtomicFile.write(Array((digest + "\n").utf8), to: currentFile)
    }

    func record(_ digest: String) throws -> ModelRecord {
        let path = recordFile(digest)
        do {
            return try JSONDecoder().decode(ModelRecord.self, from: Data(try WholeFile.read(path)))
        } catch let error as StorageError {
            throw error.named(by: modelFile(digest))
        } catch let error as DecodingError {
            throw StorageError.malformed(path: path, why: "it is not a training record (\(error))")
        }
    }
}

/// What is kept beside a model: how it was trained, and on which pairs.
struct ModelRecord: Codable {
    struct TrainedPair: Codable, Hashable {
        var sheet: String
        var image: String
        var page: Int?
        var source: Pair.Source
        var weight: Float

        /// Which pair it is, whatever told of it.
        var place: Place { Place(sheet: sheet, image: image, page: page) }

        struct Place: Hashable {
            var sheet: String, image: String
            var page: Int?
        }
    }

    var training: TrainingRecord
    /// Every pair that training used; evaluation leaves them out.
    var pairs: [TrainedPair]
    /// The digest of the model as validation judged it, which an incremental training goes on from.
    var trial: String?
}
