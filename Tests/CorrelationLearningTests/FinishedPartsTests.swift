import Foundation
import LinearAlgebra
import Synchronization
import SystemPackage
import Testing

@testable import CorrelationLearning

/// CCL's trainings that are killed and go on.
struct FinishedPartsTests {
    /// A folder of its own, and what was said of its parts.
    private final class Place: Sendable {
        let path = FilePath("/tmp/shogo-parts-\(UInt64.random(in: 0...UInt64.max))")
        let remarks = Mutex<[String]>([])

        init(_ files: [FilePath] = []) throws {
            try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
            for file in files { try FileManager.default.copyItem(atPath: file.string, toPath: path.appending(file.lastComponent!.string).string) }
        }

        deinit { try? FileManager.default.removeItem(atPath: path.string) }

        var parts: FinishedParts { FinishedParts(folder: path) { [self] remark in remarks.withLock { $0.append(remark) } } }
        func count(_ ending: String) -> Int { remarks.withLock { $0.count { $0.hasSuffix(ending) } } }
        var files: [FilePath] {
            get throws { try FileManager.default.contentsOfDirectory(atPath: path.string).sorted().map { path.appending($0) } }
        }

        /// The file of each part, in the order in which they were done.
        var filesAsDone: [FilePath] {
            get throws {
                let files = try self.files
                return try remarks.withLock { $0 }.map { remark in
                    let name = remark.dropFirst("CCL: ".count).dropLast(" is learned".count).replacing(" ", with: "-")
                    return try #require(files.first { $0.string.hasSuffix("-\(name).safetensors") })
                }
            }
        }
    }

    private static let set = FaithfulTests.world(16, seed: 1), test = FaithfulTests.world(8, seed: 2)
    private static let commonSteps = [20, 50]

    private func codes(_ parts: FinishedParts?, seed: UInt64 = 1) throws -> [Matrix] {
        var settings = FaithfulTests.small
        settings.seed = seed
        let models = try #require(FaithfulTrainer(settings, parts: parts).learn(Self.set, commonSteps: Self.commonSteps))
        return models.flatMap { [$0.codes(Self.test).images, $0.codes(Self.test).texts] }
    }

    @Test func `A training that goes on after any part ends as one that never stopped, and learns no part twice`() throws {
        let whole = try Place(), expected = try codes(nil)
        #expect(try codes(whole.parts) == expected)
        let files = try whole.filesAsDone
        // Four machines and an autoencoder for each grain, two joint machines, two label networks, the common representation twice.
        #expect(files.count == 16 && Set(files).count == 16)
        for done in 0...16 {
            let place = try Place(Array(files.prefix(done)))
            #expect(try codes(place.parts) == expected, "stopped after part \(done)")
            #expect(place.count("was learned before") == done && place.count("is learned") == 16 - done, "stopped after part \(done)")
        }
    }

    @Test func `Parts of another seed are not used, and damaged ones are learned again`() throws {
        let place = try Place()
        let expected = try codes(place.parts)
        #expect(try codes(place.parts, seed: 2) == codes(nil, seed: 2) && place.count("was learned before") == 0)
        for file in try place.files { try Data("damaged".utf8).write(to: URL(filePath: file.string)) }
        #expect(try codes(place.parts) == expected)
        #expect(place.remarks.withLock { $0.count { $0.contains("cannot be used") } } == 16)
    }

    @Test func `A folder that is not there costs the parts alone`() throws {
        let place = try Place()
        let parts = FinishedParts(folder: place.path.appending("missing"), remark: place.parts.remark)
        #expect(try codes(parts) == codes(nil))
        #expect(place.remarks.withLock { $0.count { $0.contains("cannot be written") } } == 16)
    }
}
