import CorrelationLearning
import Describing
import Dispatch
import Documents
public import Evaluating
import Foundation
import LinearAlgebra
import Matching
import Parsing
import Storage
import Synchronization
public import SystemPackage

/// `shogo bench retrieval`: describes photographs with captions, learns from some, and asks for the others both ways.
///
/// Every step is the product's own: reading, describing, `CorrelationTrainer` (which chooses on a slice of the training part),
/// encoding. In training all captions of a photograph are one sheet; in the test each is a query of its own.
public struct RetrievalBenchmark: Sendable {
    /// What the command is given.
    public struct Files: Sendable {
        /// The folder of the photographs; lines of `name#number<TAB>caption`; lists of names that teach and that test.
        public var images: FilePath, captions: FilePath, train: FilePath, test: FilePath

        public init(images: FilePath, captions: FilePath, train: FilePath, test: FilePath) {
            (self.images, self.captions, self.train, self.test) = (images, captions, train, test)
        }
    }

    /// Recalls of both directions and what they cost.
    public struct Report: Codable, Sendable {
        /// Photographs that taught and that were asked for.
        public var trained: Int, tested: Int
        /// Each caption ranks all photographs; each photograph ranks all captions, its best one counting. With hubness correction.
        public var search: RetrievalFigures, annotation: RetrievalFigures
        /// Whether training chose it, so that an archive would use it.
        public var isCorrectionChosen: Bool
        /// The same without hubness correction.
        public var plainSearch: RetrievalFigures, plainAnnotation: RetrievalFigures
        /// Of one photograph on one core, in milliseconds: decoding, describing, encoding.
        public var decodeMilliseconds: Double, describeMilliseconds: Double, encodeMilliseconds: Double
        public var trainingSeconds: Double

        /// The six recalls in per cent, added.
        public var recallSum: Double { Self.sum(search, annotation) }
        public var plainRecallSum: Double { Self.sum(plainSearch, plainAnnotation) }

        /// The same for people, in a few lines.
        public var text: String {
            func line(_ name: String, _ figures: RetrievalFigures) -> String {
                String(
                    format: "%@  R@1 %5.1f %%  R@5 %5.1f %%  R@10 %5.1f %%  median rank %d of %d", name, 100 * figures.recallAt1, 100 * figures.recallAt5,
                    100 * figures.recallAt10, figures.medianRank, figures.candidates)
            }
            return [
                "\(trained) photographs teach, \(tested) test",
                line("caption -> photographs ", search), line("photograph -> captions ", annotation),
                String(format: "sum of the six recalls  %.1f with hubness correction, %.1f without; training chose it %@", recallSum, plainRecallSum,
                    isCorrectionChosen ? "with" : "without"),
                String(
                    format: "ms per photograph and core: decoding %.1f, describing %.1f, encoding %.2f; training %.1f s", decodeMilliseconds,
                    describeMilliseconds, encodeMilliseconds, trainingSeconds),
            ].joined(separator: "\n")
        }

        private static func sum(_ figures: RetrievalFigures...) -> Double {
            100 * figures.reduce(0) { $0 + $1.recallAt1 + $1.recallAt5 + $1.recallAt10 }
        }
    }

    private let images: FilePath
    private let captions: [String: [String]]
    private let train: [String], test: [String]

    /// Reads the lists; throws with what is wrong in them. Of `train` only the first `most`, where told.
    public init(_ files: Files, most: Int? = nil) throws {
        images = files.images
        var captions: [String: [String]] = [:]
        for (number, line) in try Self.lines(files.captions, "the captions").enumerated() {
            let cells = line.split(separator: "\t", maxSplits: 1)
            guard cells.count == 2, let name = cells[0].split(separator: "#").first else {
                throw ShogoError(.usage, "\(files.captions):\(number + 1): a caption is 'name#number', a tab and a text")
            }
            captions[String(name), default: []].append(String(cells[1]))
        }
        let train = try Self.lines(files.train, "the training list"), test = try Self.lines(files.test, "the test list")
        for (names, file) in [(train, files.train), (test, files.test)] {
            if let bare = names.first(where: { captions[$0] == nil }) { throw ShogoError(.usage, "\(file): \(bare) has no caption") }
            guard Set(names).count == names.count, !names.isEmpty else { throw ShogoError(.usage, "\(file) is empty or names a photograph twice") }
        }
        if let twice = Set(train).intersection(test).min() { throw ShogoError(.usage, "\(twice) is in both lists; what teaches cannot test") }
        (self.captions, self.train, self.test) = (captions, Array(train.prefix(most ?? train.count)), test)
    }

    private static func lines(_ path: FilePath, _ role: String) throws -> [String] {
        String(decoding: try NamedFile.read(path, as: role), as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }

    public func run(seed: UInt64, progress: Progress) throws -> Report {
        progress.begin("describe", total: train.count + test.count)
        let described = try describe(train + test, progress)
        progress.end("\(train.count + test.count) photographs")
        let descriptors = described.map(\.descriptor)
        let dimension = ImageDescriber.dimension
        func matrix(_ rows: ArraySlice<ImageDescriptor>) -> Matrix {
            Matrix(rows: rows.count, columns: dimension, values: rows.flatMap(\.coarse))
        }
        let (known, asked) = (matrix(descriptors[..<train.count]), matrix(descriptors[train.count...]))
        let sheets = try train.map { try sheet(captions[$0] ?? []) }
        let queries = try test.flatMap { name in try (captions[name] ?? []).map { try sheet([$0]) } }

        var settings = TrainingSettings()
        settings.seed = seed
        progress.begin("learn", total: 0)
        let clock = ContinuousClock()
        var start = clock.now
        let trained = try CorrelationTrainer(settings).train(
            TrainingSet(imageDescriptors: known, sheets: sheets, pairs: train.indices.map { TrainingPair(sheet: $0, image: $0) })
        ) { progress.update(done: $0.epoch, total: $0.of, note: $0.stage.rawValue) }
        let trainingSeconds = start.duration(to: clock.now) / .seconds(1)
        progress.end("\(train.count) pairs")

        let model = trained.model
        start = clock.now
        let askedCodes = model.encode(images: asked)
        let encodeSeconds = start.duration(to: clock.now) / .seconds(1)
        let queryCodes = model.encode(sheets: queries)
        // Neighbours are sought among all contents that an archive of both lists would have.
        let correction = HubnessCorrection(neighbours: CorrelationModel.neighboursThatCorrect)
        let corrected = correction.scores(
            images: askedCodes, sheets: queryCodes, allImages: model.encode(images: matrix(descriptors[...])), allSheets: model.encode(sheets: sheets + queries))
        let plain = model.scores(images: askedCodes, sheets: queryCodes)

        let owner = test.indices.flatMap { place in (captions[test[place]] ?? []).map { _ in place } }
        let own = test.indices.map { place in owner.indices.filter { owner[$0] == place } }
        func figures(_ scores: Matrix) -> (search: RetrievalFigures, annotation: RetrievalFigures) {
            (RetrievalFigures(scores: scores.transposed, truths: owner.map { [$0] }), RetrievalFigures(scores: scores, truths: own))
        }
        let (best, bare) = (figures(corrected), figures(plain))
        func milliseconds(_ seconds: Double) -> Double { 1_000 * seconds / Double(described.count) }
        return Report(
            trained: train.count, tested: test.count, search: best.search, annotation: best.annotation, isCorrectionChosen: model.neighbours > 0, plainSearch: bare.search,
            plainAnnotation: bare.annotation, decodeMilliseconds: milliseconds(described.reduce(0) { $0 + $1.decoding }),
            describeMilliseconds: milliseconds(described.reduce(0) { $0 + $1.describing }),
            encodeMilliseconds: 1_000 * encodeSeconds / Double(test.count), trainingSeconds: trainingSeconds)
    }

    private typealias Described = (descriptor: ImageDescriptor, decoding: Double, describing: Double)

    /// Reads and describes on every core; answers in the order of the names, with seconds.
    private func describe(_ names: [String], _ progress: Progress) throws -> [Described] {
        let results = Mutex<[Int: Result<Described, any Error>]>([:])
        let block = 64
        for first in stride(from: 0, to: names.count, by: block) {
            let places = first..<min(first + block, names.count)
            DispatchQueue.concurrentPerform(iterations: places.count) { offset in
                let place = places.lowerBound + offset
                let result = Result { try self.describe(names[place]) }
                results.withLock { $0[place] = result }
            }
            progress.update(done: places.upperBound, total: names.count, note: "")
        }
        return try results.withLock { found in try names.indices.compactMap { try found[$0]?.get() } }
    }

    private func describe(_ name: String) throws -> Described {
        let path = images.appending(name)
        let bytes = try NamedFile.read(path, as: "the photograph")
        let start = ContinuousClock.now
        let bitmap: Bitmap
        do throws(ParsingFailure) {
            bitmap = try ContentParser(limits: ParsingLimits()).decodePage(1, of: bytes, longestSide: ImageDescriber.longestSide)
        } catch {
            throw ShogoError(.failed, "\(path): \(error.reason.rawValue): \(error.message)")
        }
        let decoded = ContinuousClock.now
        let descriptor = ImageDescriber().describe(bitmap)
        return (descriptor, start.duration(to: decoded) / .seconds(1), decoded.duration(to: .now) / .seconds(1))
    }

    /// Captions as a text file of as many paragraphs, read and described.
    private func sheet(_ captions: [String]) throws -> SheetDescriptor {
        do throws(ParsingFailure) {
            guard case .sheet(let sheet) = try ContentParser(limits: ParsingLimits())
                .parse(Array(captions.joined(separator: "\n\n").utf8), name: RawPath("captions.txt"))
            else { throw ParsingFailure(.damaged, "captions are not a text") }
            return SheetDescriber().describe(sheet)
        } catch {
            throw ShogoError(.failed, "the caption '\(captions.first ?? "")': \(error.message)")
        }
    }
}
