public import Documents
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
