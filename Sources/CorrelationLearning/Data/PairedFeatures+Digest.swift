import Documents
import LinearAlgebra
import Storage

extension PairedFeatures {
    /// The SHA-256 of everything that a training on them depends on.
    var digest: ContentDigest {
        var builder = DigestBuilder()
        for rows in [images, texts] {
            builder.append("\(rows.rows) x \(rows.columns)")
            builder.append(rows.values)
        }
        builder.append("\(classCount) classes")
        builder.append(labels ?? [])
        for parts in [imageParts, textParts] {
            guard let parts else {
                builder.append("no parts")
                continue
            }
            builder.append("\(parts.values.rows) parts")
            builder.append(parts.offsets)
            builder.append(parts.values.values)
        }
        return builder.finalize()
    }
}
