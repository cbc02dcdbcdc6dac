import Documents
import FoundationEssentials
import LinearAlgebra
import Storage

/// What a checkpoint must be of to go on from: data, settings, and the kernels whose bits the results carry.
enum TrainingKey {
    /// The same for the same digests of data and the same settings, on one kind of CPU.
    static func hex(data: [String], settings: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // Numbers and texts always encode; one that is not finite fails, and would fail in the training too.
        let text = (try? encoder.encode(settings)).map { String(decoding: $0, as: UTF8.self) } ?? "\(settings)"
        var builder = DigestBuilder()
        for part in data + [text, BLAS.core] { builder.append(part) }
        return builder.finalize().hex
    }
}
