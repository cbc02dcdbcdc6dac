public import Documents
import FoundationEssentials
import Storage

extension TrainingSet {
    /// The SHA-256 of everything that a training depends on beside its settings: descriptors, pairs, categories.
    public var digest: ContentDigest {
        var builder = DigestBuilder()
        builder.append(descriptors.identity.hex)
        for category in categories {
            builder.append(category == nil ? "no category" : "category")
            if let category { builder.append(category) }
        }
        for pair in pairs { builder.append("\(pair.sheet) \(pair.image) \(pair.weight)") }
        return builder.finalize()
    }
}

extension TrainingSettings {
    /// All settings in one text, the same for the same settings.
    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // Numbers and texts always encode; one that is not finite fails, and would fail in the training too.
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "\(self)"
    }
}
