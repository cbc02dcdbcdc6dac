import CorrelationLearning
import Describing
import Documents
public import Foundation
import Glibc
import Indexing
import Parsing
import Queueing
import Recognising
import Storage
import SystemPackage

/// A worker process: takes jobs by lease until none is left, and ends with its supervisor.
public struct Worker {
    /// A lease lasts so long without a heartbeat.
    static let leaseSeconds = 60.0
    /// One content may take so long; then the worker ends itself, and the content is charged with an attempt.
    static let secondsPerContent = 30.0
    /// One page may take so long to be read: once as it is, and as long again for further attempts.
    static let secondsPerReading = Double(TextRecogniser.secondsPerPage * 2 + 20)
    /// The exit status of a worker that ended itself over `secondsPerContent`.
    static let timeLimitStatus: Int32 = 75
    /// The exit status of a worker that ended itself over `WorkerLimits.residentBytes`.
    static let memoryLimitStatus: Int32 = 76
    /// The exit status of a worker that ended itself over a file that did not answer.
    static let silentFileStatus: Int32 = 77

    /// A file of so many bytes may take so long to be read: a slow share is waited for, a dead one is not.
    static func secondsToRead(_ bytes: Int) -> Double { 300 + Double(bytes) / Double(1 << 20) }

    private let workspace: Workspace
    private let configuration: Configuration
    private let catalog: Catalog
    private let name: String
    private let watchdog: Watchdog
    /// When to begin nothing more, not even another page.
    private let deadline: Date?
    private let parser: ContentParser
    private let roots: [Int64: FilePath]

    /// `supervisor` is the process that started this one; when it is gone, the worker leaves at once. After `deadline` it begins nothing more.
    public init(workspace: Workspace, name: String, supervisor: Int32, deadline: Date? = nil) throws {
        self.deadline = deadline
        self.workspace = workspace
        self.name = name
        configuration = try Configuration(workspace)
        catalog = try Catalog(path: workspace.catalogFile.string)
        watchdog = Watchdog(catalog: catalog, supervisor: supervisor)
        parser = ContentParser(limits: configuration.parsing)
        roots = try catalog.roots().mapValues { FilePath("/").appending($0) }
    }

    /// Has this process outlive the signals that stop a whole run: its watchdog sees within a tenth of a second that the supervisor is gone,
    /// and gives the job back, where a death would count against the contents.
    public static func outliveStoppedRun() {
        for signal in [SIGINT, SIGTERM, SIGHUP] { Glibc.signal(signal, SIG_IGN) }
    }

    /// Works until the queue is finished.
    public func run() throws {
        try WorkerLimits.apply()
        // Before the sandbox, because it opens the language data and silences itself.
        let recogniser = try catalog.currentStage() == .recognise ? TextRecogniser(languages: configuration.languages) : nil
        var version = configuration.parsingVersion
        version.recognition = recogniser?.fingerprint
        try WorkerSandbox.enter()
        watchdog.start()
        var encoder: ContentEncoder?
        while !isLate {
            guard let job = try catalog.lease(worker: name, seconds: Self.leaseSeconds, version) else {
                if try catalog.jobCounts().isFinished { return }
                usleep(50_000)  // the last jobs are with other workers; one of them may come back
                continue
            }
            try perform(job, &encoder, recogniser)
        }
    }

    private var isLate: Bool { deadline.map { Date.now > $0 } ?? false }

    /// Does one job, or gives it back and throws. Losing the lease meanwhile is not an error: somebody else does it then, with the same result.
    func perform(_ job: Job, _ encoder: inout ContentEncoder?, _ recogniser: TextRecogniser?) throws {
        watchdog.beginJob(job)
        defer { watchdog.endJob() }
        do { try work(on: job, &encoder, recogniser) } catch {
            // What ends a worker in order is no content's doing. When the catalog cannot take it, the pool gives it back.
            try? catalog.giveBack(job)
            throw error
        }
    }

    private func work(on job: Job, _ encoder: inout ContentEncoder?, _ recogniser: TextRecogniser?) throws {
        switch job.stage {
        case .parse:
            var parsed: [ParsedContent] = []
            for digest in job.digests {
                try beginContent()
                guard let content = try parse(digest) else { continue }
                // It was read before, under another encoding or other limits: what was made of that is out of date.
                if let modality = try catalog.modality(of: digest) {
                    try catalog.markIndexStale()
                    try workspace.forgetNumbers(of: digest, modality)
                }
                parsed.append(content)
            }
            watchdog.pause()
            _ = try catalog.complete(job, parsed: parsed, configuration.parsingVersion)
        case .recognise:
            guard let recogniser else { throw ShogoError(.failed, "the worker was not started for reading") }
            for digest in job.digests where try !recognise(digest, job, recogniser) { return }
            _ = try catalog.complete(job)
        case .describe:
            var failures: [(ContentDigest, ParsingFailure)] = []
            for digest in job.digests {
                try beginContent()
                if let failure = try describe(digest) { failures.append((digest, failure)) }
            }
            watchdog.pause()
            _ = try catalog.complete(job, failures: failures.map { (digest: $0.0, failure: $0.1) }, configuration.parsingVersion)
        case .encode:
            let model = try encoder ?? ContentEncoder(workspace: workspace)
            encoder = model
            for digest in job.digests {
                try beginContent()
                guard let modality = try catalog.modality(of: digest) else { continue }
                do {
                    try model.encode(digest, modality)
                } catch let error as StorageError where error.isDamage {
                    // Descriptors can be made anew: without the file, the next run describes the content again.
                    let path = workspace.descriptorFile(digest, extractor: Extractor.name(modality))
                    StandardError.say("\(error)")
                    _ = path.withPlatformString { unlink($0) }
                }
            }
            _ = try catalog.complete(job)
        }
    }

    private func beginContent(seconds: Int = WorkerLimits.processorSeconds) throws {
        watchdog.beginContent()
        try WorkerLimits.beginContent(seconds: seconds)
    }

    /// Reads the pages whose text is not known and keeps each at once; empty where nothing legible stands or reading takes too long.
    /// `false` when the job was lost meanwhile, or was given back because time is up.
    private func recognise(_ digest: ContentDigest, _ job: Job, _ recogniser: TextRecogniser) throws -> Bool {
        let isOurs = try withBytes(of: digest) { bytes in
            for page in try catalog.pages(of: digest) where try !catalog.knowsText(of: digest, page: page.number, recogniser.fingerprint) {
                guard !isLate else {
                    try catalog.giveBack(job)
                    return false
                }
                try beginContent(seconds: Int(Self.secondsPerReading) * 2)
                var text = PageText(source: .ocr, lines: [])
                do {
                    if let read = try PageReading(parser: parser, recogniser: recogniser).read(page, of: bytes) { text = read }
                } catch is ParsingFailure {
                    // Describing will say so.
                } catch is RecognitionError {
                    // The page costs more than it gives; it has no text.
                }
                try bytes.checkRead()
                if try (text.turn ?? 0) != catalog.recognisedTurn(of: digest, page: page.number) {
                    // It was described as it does not lie. Before the catalog knows: after a kill between the two, the page is read again.
                    try catalog.markIndexStale()
                    try workspace.forgetNumbers(of: digest, .image)
                }
                let read = Catalog.RecognisedPage(digest: digest, page: page.number, text: text)
                guard try catalog.keep(read, of: job, recogniser.fingerprint) else { return false }
            }
            return true
        }
        if case .success(false) = isOurs { return false }
        return true
    }

    /// Lends the bytes of a content, proved by their digest, and answers what `body` made of them or the failure that it threw; `nil` when
    /// its files changed, went or cannot be read: they wait for the next crawl. A file that stops being readable meanwhile counts as one that
    /// never was, and the next of the same content is lent.
    private func withBytes<Value>(of digest: ContentDigest, _ body: (LentContent) throws -> Value) throws -> Result<Value, ParsingFailure>? {
        guard let size = try catalog.size(of: digest) else { return nil }
        // A slow share is not the content's fault: the clock stands still while a file is read.
        defer { watchdog.beginContent() }
        for location in try catalog.readableLocations(of: digest) {
            guard let root = roots[location.root] else { continue }
            let path = root.appending(location.path)
            do {
                watchdog.beginReading(location, bytes: size)
                guard let bytes = try LentContent(path, size: size, digest: digest) else {
                    try catalog.markChanging(location)
                    continue
                }
                watchdog.beginContent()
                let made = Result { try body(bytes) }
                try bytes.checkRead()
                do {
                    return .success(try made.get())
                } catch let failure as ParsingFailure {
                    return .failure(failure)
                }
            } catch StorageError.truncated {
                try catalog.markChanging(location)
            } catch StorageError.system(_, _, let errno) where errno != .noSuchFileOrDirectory {
                try catalog.markUnreadable(location, "\(errno)")
            } catch StorageError.system {
                continue  // gone, or its share is: only a crawl can tell which
            }
        }
        return nil
    }

    private func parse(_ digest: ContentDigest) throws -> ParsedContent? {
        let path = try catalog.locations(of: digest).first?.path ?? RawPath("")
        let hint = try catalog.encodingHint(of: digest)
        let reading = try withBytes(of: digest) { bytes in
            bytes.withBytes { parser.read($0, name: path.name, encoding: configuration.encodings.encoding(of: path), hint: hint) }
        }
        switch reading {
        case nil: return nil
        case .success(let (reading, result)):
            return ParsedContent(digest: digest, reader: reading.reader.fingerprint, result: result, evidence: reading.evidence)
        case .failure(let failure): return ParsedContent(digest: digest, reader: nil, result: .failure(failure))
        }
    }

    /// Writes the descriptor file of a content; answers a failure when its pixels cannot be read after all.
    private func describe(_ digest: ContentDigest) throws -> ParsingFailure? {
        guard let modality = try catalog.modality(of: digest) else { return nil }
        let file: TensorFile
        switch modality {
        case .sheet:
            guard let sheet = try catalog.sheet(digest) else { return nil }
            file = DescriptorFile.encode(sheet: SheetDescriber().describe(sheet))
        case .image:
            let count = max(1, try catalog.pageCount(of: digest))
            let described = try withBytes(of: digest) { bytes in
                let describing = PageDescribing(parser: parser)
                return try (1...count).map { page in
                    try beginContent()
                    let turn = try catalog.recognisedTurn(of: digest, page: page)
                    return try bytes.withBytes { lent throws(ParsingFailure) in try describing.describe(page, of: lent, turn: turn) }
                }
            }
            switch described {
            case nil: return nil
            case .failure(let failure): return failure
            case .success(let pages): file = DescriptorFile.encode(pages: pages)
            }
        }
        let path = workspace.descriptorFile(digest, extractor: Extractor.name(modality))
        try AtomicFile.createDirectory(path.removingLastComponent())
        try file.write(to: path)
        return nil
    }
}
