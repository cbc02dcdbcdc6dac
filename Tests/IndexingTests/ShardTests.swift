import Documents
import LinearAlgebra
import Storage
import SystemPackage
import TestSupport
import Testing

@testable import Indexing

@Suite("Shards")
struct ShardTests {
    /// Builds one-page contents and answers their shards.
    func build(_ digests: [ContentDigest]) throws -> [Shard] {
        var shards: [Shard] = []
        try SnapshotBuilder(model: "m").build(
            .image, contents: digests.map { ($0, 1) }, codes: { digest, _ in Tensor([Float16(digest.bytes[0]), 1], shape: [1, 2]) },
            each: { shards.append($0) })
        return shards
    }

    @Test(
        "Shards are cut where digests differ in their first bits; how many bits follows from the number of contents",
        arguments: [(1, 1), (SnapshotBuilder.contentsPerShard, 1), (SnapshotBuilder.contentsPerShard + 1, 2), (20_000, 4)])
    func cut(_ count: Int, _ shards: Int) throws {
        var random = SplitMix64(seed: 1)
        let digests = (0..<count).map { _ in random.digest() }.sorted()
        let built = try build(digests)
        #expect(built.count == shards)
        #expect(built.flatMap { $0.items.map(\.digest) } == digests)
        for (index, shard) in built.enumerated() {
            #expect(shard.items.allSatisfy { Int($0.digest.bytes[0]) * shards / 256 == index })
        }
    }

    @Test("A change of one content changes one shard")
    func locality() throws {
        var random = SplitMix64(seed: 2)
        let digests = (0..<9_000).map { _ in random.digest() }.sorted()
        let (before, after) = (try build(digests), try build(Array(digests.dropLast())))
        #expect(before.count == 2 && after.count == 2)
        #expect(before[0].encoded() == after[0].encoded() && before[1].encoded() != after[1].encoded())
    }

    @Test("A shard whose tensors do not fit each other is refused", arguments: ["digest", "page", "coarse", "modality"])
    func misfit(_ what: String) throws {
        let directory = TemporaryDirectory()
        var tensors = ["digest": Tensor([UInt8](repeating: 0, count: 64), shape: [2, 32]), "page": Tensor([1, 2] as [UInt32]), "coarse": Tensor([1, 0] as [Float16], shape: [2, 1])]
        var metadata = ["modality": "image", "model": "m"]
        try TensorFile(kind: "shard", version: 1, metadata: metadata, tensors: tensors).write(to: directory["good"])
        #expect(try Shard(contentsOf: directory["good"]).items.map(\.page) == [1, 2])
        if what == "digest" { tensors[what] = Tensor([UInt8](repeating: 0, count: 62), shape: [2, 31]) }
        if what == "page" { tensors[what] = Tensor([1] as [UInt32]) }
        if what == "coarse" { tensors[what] = Tensor([1, 0, 0] as [Float16], shape: [3, 1]) }
        if what == "modality" { metadata[what] = "film" }
        try TensorFile(kind: "shard", version: 1, metadata: metadata, tensors: tensors).write(to: directory["bad"])
        #expect(throws: StorageError.self) { try Shard(contentsOf: directory["bad"]) }
    }

    @Test("A code file is read under its model and page count only, and a flipped byte is found")
    func codeFile() throws {
        let directory = TemporaryDirectory()
        let path = directory["codes"]
        try CodeFile.encode(Matrix(rows: 2, columns: 3, values: [1, 0, 0, 0, 0.5, -0.25]), model: "m").write(to: path)
        #expect(try CodeFile.read(path, model: "m", pages: 2).values(as: Float16.self) == [1, 0, 0, 0, 0.5, -0.25])
        try CodeFile.verify(path)
        #expect(throws: StorageError.self) { try CodeFile.read(path, model: "n", pages: 2) }
        #expect(throws: StorageError.self) { try CodeFile.read(path, model: "m", pages: 3) }
        var bytes = try WholeFile.read(path)
        bytes[bytes.count - 1] ^= 1
        directory.write(bytes, RawPath("codes"))
        #expect(throws: StorageError.self) { try CodeFile.verify(path) }
    }
}
