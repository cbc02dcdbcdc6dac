import Documents
import Foundation
import LinearAlgebra
import Storage
import SystemPackage
import TestSupport
import Testing

@testable import Indexing

@Suite("The index folder")
struct IndexTests {
    typealias Contents = [Modality: [(digest: ContentDigest, pages: Int)]]
    let directory = TemporaryDirectory()
    var folder: IndexFolder { IndexFolder(path: directory["index"]) }

    static func contents(_ counts: [Modality: Int], seed: UInt64) -> Contents {
        var random = SplitMix64(seed: seed)
        return Modality.allCases.reduce(into: [:]) { result, modality in
            result[modality] = (0..<(counts[modality] ?? 0)).map { _ in
                (random.digest(), modality == .sheet ? 1 : Int.random(in: 1...3, using: &random))
            }.sorted { $0.0 < $1.0 }
        }
    }

    /// Codes that follow from digest, page and model alone.
    static func codes(_ digest: ContentDigest, _ pages: Int, model: String = "m", dimension: Int = 2) -> Tensor {
        Tensor(
            (0..<pages * dimension).map { Float16(Int(digest.bytes[$0 % 32]) - 128) / 128 + Float16(model.utf8.count) / 16 }, shape: [pages, dimension])
    }

    @discardableResult
    func publish(_ contents: Contents, model: String = "m") throws -> SnapshotManifest {
        try folder.publish(model: model, dimension: 2, contents: contents) { Self.codes($0, $1, model: model) }
    }

    @Test("What is published is opened: the same items in order, the same codes to the bit")
    func roundTrip() throws {
        #expect(try folder.openCurrent() == nil && folder.currentDigest() == nil && folder.verify() == 0)
        let contents = Self.contents([.image: 40, .sheet: 30], seed: 1)
        let manifest = try publish(contents)
        let snapshot = try #require(try folder.openCurrent())
        #expect(try snapshot.manifest == manifest && snapshot.digest == manifest.digest && folder.currentDigest() == manifest.digest)
        for modality in Modality.allCases {
            let expected = contents[modality]!.flatMap { content in (1...content.pages).map { Item(digest: content.digest, page: $0) } }
            let shards = snapshot.shards(modality)
            #expect(shards.flatMap(\.items) == expected && manifest.rows(modality) == expected.count)
            let codes = contents[modality]!.flatMap { Self.codes($0.digest, $0.pages).values(as: Float16.self).map { Float($0) } }
            #expect(try shards.flatMap { try $0.codes().values } == codes)
        }
        #expect(snapshot.contents == Set(contents.values.joined().map(\.digest)))
        #expect(try folder.verify() == manifest.shards.count + 2)
    }

    @Test("A snapshot without one modality, or without anything, is a snapshot")
    func empty() throws {
        try publish(Self.contents([.image: 3], seed: 2))
        #expect(try #require(try folder.openCurrent()).shards(.sheet).isEmpty)
        try publish([:])
        let snapshot = try #require(try folder.openCurrent())
        #expect(snapshot.contents.isEmpty && snapshot.manifest.rows() == 0)
        #expect(try folder.verify() == 2)
    }

    @Test("The same contents give the same snapshot, whatever was published before")
    func history() throws {
        let contents = Self.contents([.image: 20, .sheet: 20], seed: 3)
        let digest = try publish(contents).digest
        try publish(Self.contents([.sheet: 5], seed: 4))
        try publish(contents, model: "other")
        #expect(try publish(contents).digest == digest)
        #expect(try #require(try folder.openCurrent()).digest == digest && folder.verify() > 0)
        let fresh = IndexFolder(path: directory["fresh"])
        #expect(try fresh.publish(model: "m", dimension: 2, contents: contents) { Self.codes($0, $1) }.digest == digest)
        var fewer = contents
        fewer[.image]!.removeLast()
        #expect(try publish(fewer).digest != digest)
    }

    @Test("Publishing that stops before CURRENT leaves the old snapshot, and the next one cleans up")
    func interrupted() throws {
        let old = try publish(Self.contents([.image: 5], seed: 5))
        let current = try WholeFile.read(directory["index/CURRENT"])
        let next = Self.contents([.image: 6], seed: 6)
        let new = try publish(next)
        directory.write(current, RawPath("index/CURRENT"))  // as if the last rename had not happened
        directory.makeFolder(RawPath("index/snapshots/" + String(repeating: "0", count: 64)))  // and another stopped earlier
        directory.write("half", "index/shards/.shogo-tmp-1-image-x")
        #expect(try folder.openCurrent()?.manifest == old && folder.verify() == 3)
        #expect(throws: CancellationError.self) {
            try folder.publish(model: "m", dimension: 2, contents: Self.contents([.sheet: 3], seed: 7)) { _, _ in throw CancellationError() }
        }
        #expect(try folder.openCurrent()?.manifest == old)
        #expect(try publish(next) == new && folder.verify() == 3)
        #expect(!directory.names("index/shards").contains { $0.hasPrefix(".shogo") })
    }

    @Test("Three older snapshots stay, with their shards; an open one stays readable after it is swept")
    func sweeping() throws {
        var manifests: [SnapshotManifest] = []
        var first: Snapshot?
        for seed in 0..<6 {
            manifests.append(try publish(Self.contents([.image: 4], seed: UInt64(100 + seed))))
            if seed == 0 { first = try folder.openCurrent() }
            let folderTime = Date(timeIntervalSince1970: Double(1_000_000 + seed))  // file clocks are coarser than this loop
            try FileManager.default.setAttributes(
                [.modificationDate: folderTime], ofItemAtPath: directory["index/snapshots/\(manifests[seed].digest.hex)"].string)
        }
        #expect(directory.names("index/snapshots") == manifests.suffix(4).map(\.digest.hex).sorted())
        #expect(directory.names("index/shards") == manifests.suffix(4).flatMap { $0.shards.map(\.name) }.sorted())
        let codes = try #require(first).shards(.image)[0].codes()
        #expect(codes.rows == manifests[0].rows())
    }

    @Test("Neighbour similarities reach the rows that they are of, in a file of their own")
    func similarities() throws {
        let contents = Self.contents([.image: 9_000, .sheet: 30], seed: 11)
        let plain = try folder.publish(model: "m", dimension: 2, contents: contents) { Self.codes($0, $1) }
        let opened = try #require(try folder.openCurrent())
        #expect(plain.format == 1 && opened.shards(.image).allSatisfy { $0.similarities == nil })
        func publish(_ scale: Float) throws -> SnapshotManifest {
            try folder.publish(model: "m", dimension: 2, contents: contents) { Self.codes($0, $1) } similarities: { images, sheets in
                func numbers(_ shards: [Shard]) -> [Float] { (0..<shards.reduce(0) { $0 + $1.items.count }).map { Float($0) * scale } }
                return NeighbourSimilarities(neighbours: 7, images: numbers(images), sheets: numbers(sheets))
            }
        }
        let manifest = try publish(0.5)
        #expect(try manifest == publish(0.5) && manifest.digest != plain.digest && manifest.shards == plain.shards && manifest.format == 2)
        #expect(try publish(0.25).digest != manifest.digest)
        #expect(try publish(0.5) == manifest)
        let snapshot = try #require(try folder.openCurrent())
        #expect(snapshot.manifest.similarities?.neighbours == 7 && snapshot.shards(.image).count == 2)
        for modality in Modality.allCases {
            let shards = snapshot.shards(modality)
            #expect(shards.allSatisfy { $0.similarities?.count == $0.items.count })
            #expect(shards.flatMap { $0.similarities ?? [] } == (0..<manifest.rows(modality)).map { Float($0) * 0.5 })
        }
        #expect(try folder.verify() == manifest.shards.count + 3)
    }

    @Test("Similarities that are damaged, or gone, or of fewer rows are no snapshot, and are made anew")
    func damagedSimilarities() throws {
        let contents = Self.contents([.image: 5, .sheet: 4], seed: 12)
        func publish(_ missing: Int = 0) throws -> SnapshotManifest {
            try folder.publish(model: "m", dimension: 2, contents: contents) { Self.codes($0, $1) } similarities: { images, sheets in
                NeighbourSimilarities(
                    neighbours: 2, images: images.flatMap { $0.items.map { _ in 0.5 } },
                    sheets: sheets.flatMap { $0.items.map { _ in 0.25 } }.dropLast(missing))
            }
        }
        let manifest = try publish()
        let name = RawPath("index/shards/" + (try #require(manifest.similarities).name))
        var bytes = try WholeFile.read(directory[name])
        let whole = bytes
        bytes[bytes.count - 1] ^= 1
        directory.write(bytes, name)
        #expect(throws: StorageError.self) { try folder.openCurrent() }
        var remarks: [String] = []
        #expect(try folder.openUsable { remarks.append($0) } == nil && remarks.count == 1)
        #expect(try publish() == manifest && WholeFile.read(directory[name]) == whole && folder.openCurrent() != nil)
        _ = try publish(1)
        #expect(throws: StorageError.self) { try folder.openCurrent() }
    }

    @Test("A flipped byte anywhere in a shard is found by verifying")
    func flipped() throws {
        let manifest = try publish(Self.contents([.image: 3], seed: 8))
        let name = RawPath("index/shards/" + manifest.shards[0].name)
        let bytes = try WholeFile.read(directory[name])
        let bodyStart = 8 + Int(bytes[0]) + Int(bytes[1]) << 8
        for position in [Int](0..<16) + stride(from: 16, to: bodyStart, by: 5) + (bodyStart..<bytes.count) {
            var damaged = bytes
            damaged[position] ^= 1 << (position % 8)
            directory.write(damaged, name)
            #expect(throws: StorageError.self, "byte \(position)") { try folder.verify() }
        }
        directory.write(Array(bytes.dropLast()), name)
        #expect(throws: StorageError.self) { try folder.verify() }
        try publish(Self.contents([.image: 3], seed: 8))
        #expect(try folder.verify() == 3 && WholeFile.read(directory[name]) == bytes, "publishing again heals a damaged shard")
    }

    @Test("A shard that becomes shorter while a snapshot is open gives an error and no scores")
    func shortened() throws {
        let manifest = try publish(Self.contents([.image: 2_000], seed: 18))
        let path = directory["index/shards/" + manifest.shards[0].name]
        let shard = try #require(try folder.openCurrent()).shards(.image)[0]
        #expect(try shard.codes().rows == manifest.rows())
        truncate(path.string, 16_384)
        let error = #expect(throws: StorageError.self) { try shard.codes() }
        guard case .truncated? = error else { Issue.record("\(String(describing: error))"); return }
        #expect(throws: StorageError.self) { try shard.verify() }
    }

    @Test("Publishing again heals a manifest or CURRENT that is damaged, or deleted as the error advises", arguments: [true, false], ["CURRENT", "manifest"])
    func healing(_ deleted: Bool, _ victim: String) throws {
        let contents = Self.contents([.image: 3, .sheet: 2], seed: 9)
        let digest = try publish(contents).digest
        let name = victim == "CURRENT" ? "index/CURRENT" : "index/snapshots/\(digest.hex)/manifest.json"
        if deleted { remove(directory[name].string) } else { directory.write("{", name) }
        if victim == "manifest" || !deleted { #expect(throws: StorageError.self) { try folder.openCurrent() } }
        #expect(try publish(contents).digest == digest)
        #expect(try folder.verify() == 4)
    }

    @Test("A damaged manifest of an older snapshot does not stop publishing")
    func damagedOld() throws {
        let old = try publish(Self.contents([.image: 3], seed: 10))
        directory.write("{", "index/snapshots/\(old.digest.hex)/manifest.json")
        try publish(Self.contents([.image: 4], seed: 11))
        #expect(try folder.verify() == 3)
    }

    @Test("A snapshot that mixes models, modalities, rows or dimensions is refused", arguments: 0..<4)
    func mixed(_ what: Int) throws {
        let entry = try publish(Self.contents([.image: 3], seed: 12)).shards[0]
        var wrong = SnapshotManifest(model: what == 0 ? "other" : "m", dimension: what == 1 ? 3 : 2, shards: [entry])
        if what == 2 { wrong.shards[0].modality = .sheet }
        if what == 3 { wrong.shards[0].rows += 1 }
        directory.write(wrong.encoded(), RawPath("index/snapshots/\(wrong.digest.hex)/manifest.json"))
        directory.write(wrong.digest.hex + "\n", "index/CURRENT")
        let error = #expect(throws: StorageError.self) { try folder.openCurrent() }
        #expect(error?.isDamage == true)
    }

    @Test("A manifest of a later format is told apart from damage")
    func laterFormat() throws {
        var manifest = try publish(Self.contents([.image: 1], seed: 13))
        manifest.format = 3
        directory.write(manifest.encoded(), RawPath("index/snapshots/\(manifest.digest.hex)/manifest.json"))
        directory.write(manifest.digest.hex + "\n", "index/CURRENT")
        let error = #expect(throws: StorageError.self) { try folder.openCurrent() }
        #expect(error?.isDamage == false)
    }
}
