public import Documents
import FoundationEssentials
import LinearAlgebra
import Storage

extension TrainingSet {
    /// The SHA-256 of everything that a training reads: descriptors, sheets, pairs, categories, regions. Reads all of it once.
    public var digest: ContentDigest {
        var builder = DigestBuilder()
        builder.append("\(imageDescriptors.rows) x \(imageDescriptors.columns)")
        builder.append(imageDescriptors.values)
        builder.append("\(sheets.count) sheets")
        for (sheet, category) in zip(sheets, categories) {
            builder.append("\(sheet.terms.count) terms, \(sheet.fine.count) fragments, \(category == nil ? "no category" : "category")")
            for term in sheet.terms { builder.append(term) }
            builder.append(sheet.coarse)
            for part in sheet.fine {
                builder.append("\(part.indices.count)")
                builder.append(part.indices)
                builder.append(part.counts)
            }
            if let category { builder.append(category) }
        }
        for pair in pairs { builder.append("\(pair.sheet) \(pair.image) \(pair.weight)") }
        if let regions {
            builder.append("regions \(regions.offsets)")
            builder.append(regions.values.values)
        }
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

extension DigestBuilder {
    /// Appends numbers as they lie in memory.
    fileprivate mutating func append<Number: BitwiseCopyable>(_ numbers: [Number]) {
        numbers.withUnsafeBytes { append($0) }
    }
}
