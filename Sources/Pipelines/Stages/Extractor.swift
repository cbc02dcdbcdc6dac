import Describing
import Documents
import Parsing

/// Names the way from bytes to descriptors: when any part of it changes, descriptors are made anew.
enum Extractor {
    static func name(_ modality: Modality) -> String {
        let describer = modality == .image ? ImageDescriber.fingerprint : SheetDescriber.fingerprint
        return "\(describer).\(ContentParser.fingerprint)"
    }
}
