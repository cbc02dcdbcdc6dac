import Describing
import Documents
import Parsing

/// Names the way from bytes to descriptors: when any part of it changes, descriptors are made anew.
enum Extractor {
    /// The names in use: a model knows descriptors of these only.
    static let names = Dictionary(uniqueKeysWithValues: Modality.allCases.map { ($0, name($0)) })

    static func name(_ modality: Modality) -> String {
        let describer = modality == .image ? ImageDescriber.fingerprint : SheetDescriber.fingerprint
        return "\(describer).\(ContentParser.fingerprint)"
    }
}
