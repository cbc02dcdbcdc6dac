import Describing
import Documents
import Queueing

/// The stages that workers do, content by content: what is left to do for each.
///
/// What a stage made is its own record: a parsed content has a fingerprint in the catalog, a described or encoded one
/// has its file. So a run that was killed anywhere goes on where it was.
struct ContentStages {
    let archive: OpenWorkspace
    /// What recognised texts depend on; needed for `recognise`.
    var recognition: String?
    /// Whether it may note that nothing is left to do.
    var notes = true

    private var ledger: NumberLedger { NumberLedger(archive: archive) }

    /// Contents that the stage has not done yet, in digest order; `model` is needed for `encode`.
    func missing(_ stage: Job.Stage, model: String?) throws -> [ContentDigest] {
        switch stage {
        case .parse:
            return try archive.catalog.contentsToParse(archive.configuration.parsingVersion)
        case .recognise:
            guard let fingerprint = recognition else { return [] }
            let memo = StepMemo(archive.catalog, "recognise", for: [try archive.catalog.revision(of: .archive), fingerprint])
            if try memo.outcome() != nil { return [] }
            let missing = try archive.catalog.contentsToRecognise(fingerprint)
            if missing.isEmpty, notes { try memo.note("nothing to read") }
            return missing
        case .describe:
            try ledger.refreshDescriptors()
            return try Modality.allCases.flatMap { try archive.catalog.documents($0, notDescribedBy: Extractor.name($0)) }.sorted()
        case .encode:
            guard let model else { return [] }
            try ledger.refreshDescriptors()
            try ledger.refreshCodes(model: model)
            return try Modality.allCases.flatMap {
                try archive.catalog.documents($0, describedBy: Extractor.name($0), notEncodedBy: model)
            }.sorted()
        }
    }

    /// Contents with codes of `model`, in digest order, per modality.
    func encoded(model: String) throws -> [Modality: [(digest: ContentDigest, pages: Int)]] {
        try ledger.refreshCodes(model: model)
        return Dictionary(uniqueKeysWithValues: try Modality.allCases.map { ($0, try archive.catalog.documents($0, .encoded, by: model)) })
    }

    /// Contents with descriptors, in digest order.
    func described(_ modality: Modality) throws -> [(digest: ContentDigest, pages: Int)] {
        try ledger.refreshDescriptors()
        return try archive.catalog.documents(modality, .described, by: Extractor.name(modality))
    }
}
