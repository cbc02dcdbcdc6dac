import Foundation

// shogo-fuzz: feeds mutated files to the decoders. For developers; docs/fuzzing.md.

func fuzz(_ options: Options) async throws -> Int32 {
    var findings = 0
    for decoder in options.decoders {
        var options = options
        options.decoder = decoder
        let started = Clock.now
        let supervisor = Supervisor(options: options, end: started + options.seconds)
        let tally = try await withThrowingTaskGroup(of: Tally.self) { group in
            for job in 0..<options.jobs { group.addTask { try await supervisor.run(job: job) } }
            return try await group.reduce(into: Tally()) { $0.add($1) }
        }
        print(tally.line(decoder, seconds: Clock.now - started))
        fflush(nil)
        findings += tally.findings
    }
    return findings == 0 ? 0 : 1
}

/// Runs one case here, without limits, so that a crash shows its stack.
func show(_ fuzzCase: FuzzCase) -> Int32 {
    let started = Clock.processor
    let verdict = Trial.run(fuzzCase)
    let outcome = verdict.finding ?? (verdict.isDocument ? "a document" : "refused")
    print("\(fuzzCase.bytes.count) bytes as \(fuzzCase.name): \(outcome), \((Clock.processor - started) / 1_000_000) ms, \(verdict.peak >> 10) MiB")
    return verdict.finding == nil ? 0 : 1
}

do {
    let options = try Options(Array(CommandLine.arguments.dropFirst()))
    for folder in [options.scratch, options.keep].compactMap({ $0 }) {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    switch options.mode {
    case .fuzz:
        guard !options.corpora.isEmpty else { throw UsageError("--corpus names no folder") }
        exit(try await fuzz(options))
    case .child:
        try Child(options: options).run(
            board: Blackboard(path: options.board), first: options.first, stride: UInt64(options.jobs), until: options.until)
    case .replay:
        let corpus = try Corpus(folders: options.corpora, decoder: options.decoder, maxBytes: options.maxBytes)
        let fuzzCase = FuzzCase(number: options.first, seed: options.seed, decoder: options.decoder, corpus: corpus)
        if let folder = options.keep { try Data(fuzzCase.bytes).write(to: URL(filePath: "\(folder)/\(options.decoder.rawValue)-\(options.seed)-\(options.first)-\(fuzzCase.name)")) }
        exit(show(fuzzCase))
    case .file:
        guard let data = FileManager.default.contents(atPath: options.file) else { throw UsageError("cannot read \(options.file)") }
        exit(show(FuzzCase(bytes: Array(data), name: URL(filePath: options.file).lastPathComponent)))
    case .guided: exit(try Guided.run(options.rest))
    }
} catch let error as UsageError {
    FileHandle.standardError.write(Data("\(error.message)\n\(Options.usage)\n".utf8))
    exit(2)
}
