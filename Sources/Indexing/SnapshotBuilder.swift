import Documents
import Storage

/// Makes the shards of a snapshot from codes.
///
/// A shard holds the contents whose digests start with the same bits, and the number of bits follows from the number
/// of contents alone. So a snapshot depends on what is in it and not on its history, and a night's change touches only
/// the shards whose contents changed.
struct SnapshotBuilder {
    /// Contents a shard holds at most on average; rows are more when images have several pages.
    static let contentsPerShard = 8_192

    let model: String

    /// One shard for each digest prefix that has contents, in digest order.
    ///
    /// `contents` must be in digest order; `codes` answers F16[pages, d] for each. `each` gets one shard at a time, so
    /// that memory holds one.
    func build(
        _ modality: Modality, contents: [(digest: ContentDigest, pages: Int)],
        codes: (ContentDigest, Int) throws -> Tensor, each: (Shard) throws -> Void
    ) throws {
        var bits = 0
        while contents.count > Self.contentsPerShard << bits, bits < 16 { bits += 1 }
        var start = 0
        while start < contents.count {
            let prefix = Self.prefix(contents[start].digest, bits)
            var end = start
            while end < contents.count, Self.prefix(contents[end].digest, bits) == prefix { end += 1 }
            var items: [Item] = []
            var values: [Float16] = []
            var dimension = 0
            for (digest, pages) in contents[start..<end] {
                let tensor = try codes(digest, pages)
                dimension = tensor.shape[1]
                values.append(contentsOf: tensor.values(as: Float16.self))
                for page in 0..<pages { items.append(Item(digest: digest, page: page + 1)) }
            }
            try each(Shard(modality: modality, model: model, items: items, codes: values, dimension: dimension))
            start = end
        }
    }

    private static func prefix(_ digest: ContentDigest, _ bits: Int) -> Int {
        (Int(digest.bytes[0]) << 8 | Int(digest.bytes[1])) >> (16 - bits)
    }
}
