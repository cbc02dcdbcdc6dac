import Documents
import SystemPackage
import TestSupport
import Testing

@testable import Storage

@Suite("Tensor files")
struct TensorFileTests {
    let directory = TemporaryDirectory()

    /// Small, with every element type, a gap to pad, and an empty tensor.
    static let sample = TensorFile(
        kind: "shard", version: 2, metadata: ["model": "図 \"m\"/1"],
        tensors: [
            "a": Tensor([1, 2, 3] as [UInt8]), "b": Tensor([-1, 2] as [Int8], shape: [2, 1]), "c": Tensor([7] as [UInt16]),
            "d": Tensor([1.5, -2, 0, 4] as [Float16], shape: [2, 2]), "e": Tensor([9, 8, 7] as [UInt32], shape: [1, 3]),
            "f": Tensor([3.25] as [Float], shape: [1, 1, 1]), "g": Tensor([.max] as [UInt64]), "h": Tensor([] as [Float], shape: [0, 4]),
        ])

    /// Smaller still, for tests that read it once per byte: three tensors, two gaps.
    static let small = TensorFile(
        kind: "shard", version: 2, metadata: ["m": "x"], tensors: sample.tensors.filter { ["b", "c", "d"].contains($0.key) })

    func read(_ bytes: [UInt8], kind: String = "shard", versions: ClosedRange<Int> = 1...2) throws -> TensorFile {
        directory.write(bytes, RawPath("file"))
        return try TensorFile(contentsOf: directory["file"], kind: kind, versions: versions)
    }

    static func same(_ a: TensorFile, _ b: TensorFile) -> Bool {
        a.kind == b.kind && a.version == b.version && a.tensors.keys == b.tensors.keys
            && a.tensors.allSatisfy { name, tensor in
                tensor.element == b.tensors[name]!.element && tensor.shape == b.tensors[name]!.shape
                    && tensor.withBytes { Array($0) } == b.tensors[name]!.withBytes { Array($0) }
            }
    }

    /// Where the body starts.
    static func bodyStart(_ bytes: [UInt8]) -> Int {
        8 + Int(bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) })
    }

    @Test("What was written is read, and its bytes are the same every time")
    func roundTrip() throws {
        let bytes = Self.sample.encoded()
        try Self.sample.write(to: directory["written"])
        let file = try TensorFile(contentsOf: directory["written"], kind: "shard", versions: 1...2)
        try file.verify()
        #expect(Self.same(file, Self.sample) && file.metadata == Self.sample.metadata)
        #expect(file.encoded() == bytes && Self.sample.encoded() == bytes)
        #expect(try file.tensor("d", .f16, dimensions: 2).values(as: Float16.self) == [1.5, -2, 0, 4])
        #expect(throws: StorageError.self) { try file.tensor("d", .f16, dimensions: 1) }
        #expect(throws: StorageError.self) { try file.tensor("d", .f32, dimensions: 2) }
        #expect(throws: StorageError.self) { try file.tensor("z", .u8, dimensions: 1) }
        #expect(throws: StorageError.self) { try file.text("z") }
    }

    @Test("Every tensor starts on an 8-byte boundary of the file")
    func alignment() {
        #expect(Self.bodyStart(Self.sample.encoded()) % 8 == 0)
        let file = try? read(Self.sample.encoded())
        for tensor in file.map({ Array($0.tensors.values) }) ?? [] {
            guard case .mapped(_, let range) = tensor.source else { continue }
            #expect(range.lowerBound % 8 == 0)
        }
    }

    @Test("Every truncation is an error")
    func truncations() {
        let bytes = Self.small.encoded()
        for count in 0..<bytes.count {
            let error = #expect(throws: StorageError.self, "\(count) of \(bytes.count) bytes") { try read(Array(bytes[..<count])) }
            if case .truncated(_, let expected, let actual) = error { #expect(expected > actual && actual == count) }
        }
        #expect(throws: StorageError.self) { try read(bytes + [0]) }
    }

    @Test("Every flipped bit of the body is found by verifying, that of padding too")
    func flippedBody() {
        let bytes = Self.sample.encoded()
        for position in Self.bodyStart(bytes)..<bytes.count {
            var damaged = bytes
            damaged[position] ^= 1 << (position % 8)
            #expect(throws: StorageError.self, "byte \(position)") { try read(damaged).verify() }
        }
    }

    @Test("A flipped byte of the header is an error, or changes nothing but the writer's own words")
    func flippedHeader() {
        let bytes = Self.small.encoded()
        var random = SplitMix64(seed: 5)
        for position in 0..<Self.bodyStart(bytes) {
            for mask in [1, UInt8.random(in: 1...255, using: &random)] {
                var damaged = bytes
                damaged[position] ^= mask
                do {
                    let file = try read(damaged)
                    try file.verify()
                    #expect(Self.same(file, Self.small), "byte \(position) of the header, mask \(mask)")
                } catch is StorageError {
                } catch {
                    Issue.record("byte \(position): \(error)")
                }
            }
        }
    }

    @Test("Random bytes, and random headers of the right length, are errors and never a crash", arguments: 0..<50)
    func noise(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        #expect(throws: StorageError.self) { try read(random.bytes(Int.random(in: 0...200, using: &random))) }
        var bytes = Self.sample.encoded()
        for _ in 0..<5 { bytes[Int.random(in: 8..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
        do { try read(bytes).verify() } catch { #expect(error is StorageError) }
    }

    @Test(
        "Offsets and shapes that overflow, overlap the end or contradict each other are errors",
        arguments: [
            ("[9223372036854775807]", "[0,9223372036854775807]"), ("[1]", "[9223372036854775806,9223372036854775807]"),
            ("[4611686018427387904,4]", "[0,0]"), ("[-1]", "[0,1]"), ("[-1,-1]", "[0,1]"), ("[2]", "[0,1]"), ("[1]", "[1,0]"), ("[1]", "[0]"),
            ("[100]", "[0,100]"), ("[99999999999999999999]", "[0,1]"), ("\"1\"", "[0,1]"),
        ])
    func contradictions(_ shape: String, _ offsets: String) {
        let header = #"{"__metadata__":{"kind":"shard","format":"1","sha256.x":""},"x":{"dtype":"U8","shape":\#(shape),"data_offsets":\#(offsets)}}"#
        let bytes = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian, Array.init) + Array(header.utf8) + [0]
        #expect(throws: StorageError.self) { try read(bytes) }
    }

    @Test("Another version and another kind are told apart from damage")
    func versions() {
        let bytes = Self.sample.encoded()
        let path = directory["file"]
        #expect(throws: StorageError.unknownVersion(path: path, kind: "shard", found: 2, supported: 3...4)) { try read(bytes, versions: 3...4) }
        #expect(throws: StorageError.malformed(path: path, why: "it is a shard, not a model")) { try read(bytes, kind: "model") }
        #expect(throws: StorageError.system(operation: "open", path: directory["none"], errno: .noSuchFileOrDirectory)) {
            try TensorFile(contentsOf: directory["none"], kind: "shard", versions: 1...1)
        }
        #expect(throws: StorageError.self) { try TensorFile(contentsOf: directory.path, kind: "shard", versions: 1...1) }
    }
}
