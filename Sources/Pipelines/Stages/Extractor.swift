import Describing
import Documents

/// Names the way from documents to descriptors: when it changes, descriptors are made anew, and the model is trained on them. Contents that
/// are read anew lose theirs by themselves (`Workspace.forgetNumbers`).
enum Extractor {
    /// The names in use: a model knows descriptors of these only.
    static let names = Dictionary(uniqueKeysWithValues: Modality.allCases.map { ($0, name($0)) })

    static func name(_ modality: Modality) -> String {
        modality == .image ? ImageDescriber.fingerprint : SheetDescriber.fingerprint
    }
}
