import Describing
import Documents
import Foundation
import Queueing
import SystemPackage

/// The stages that workers do, content by content: what is left to do for each.
///
/// What a stage made is its own record: a parsed content has a fingerprint in the catalog, a described or encoded one
/// has its file. So a run that was killed anywhere goes on where it was.
struct ContentStages {
    let archive: OpenWorkspace
    /// What recognised texts depend on; needed for `recognise`.
    var recognition: String?

    /// Contents that the stage has not done yet, in digest order; `model` is needed for `encode`.
    func missing(_ stage: Job.Stage, model: String?) throws -> [ContentDigest] {
        switch stage {
        case .parse:
            return try archive.catalog.contentsToParse(archive.configuration.parsingVersion)
        case .recognise:
            guard let fingerprint = recognition else { return [] }
            return try archive.catalog.contentsToRecognise(fingerprint)
        case .describe:
            return try documents { digest, modality in !isDescribed(digest, modality) }
        case .encode:
            guard let model else { return [] }
            return try documents { digest, modality in
                isDescribed(digest, modality) && !Self.exists(archive.workspace.codeFile(digest, model: model))
            }
        }
    }

    /// Contents with codes of `model`, in digest order, per modality.
    func encoded(model: String) throws -> [Modality: [(digest: ContentDigest, pages: Int)]] {
        var encoded: [Modality: [(digest: ContentDigest, pages: Int)]] = [:]
        for modality in Modality.allCases {
            encoded[modality] = try archive.catalog.documents(modality).filter {
                Self.exists(archive.workspace.codeFile($0.digest, model: model))
            }
        }
        return encoded
    }

    /// Contents with descriptors, in digest order.
    func described(_ modality: Modality) throws -> [(digest: ContentDigest, pages: Int)] {
        try archive.catalog.documents(modality).filter { isDescribed($0.digest, modality) }
    }

    private func isDescribed(_ digest: ContentDigest, _ modality: Modality) -> Bool {
        Self.exists(archive.workspace.descriptorFile(digest, extractor: Extractor.name(modality)))
    }

    private func documents(where isWanted: (ContentDigest, Modality) -> Bool) throws -> [ContentDigest] {
        try Modality.allCases.flatMap { modality in
            try archive.catalog.documents(modality).map(\.digest).filter { isWanted($0, modality) }
        }.sorted()
    }

    private static func exists(_ path: FilePath) -> Bool {
        path.withPlatformString { access($0, F_OK) == 0 }
    }
}
