import Foundation

/// Keeps children at work on one decoder, and tells what they died of.
struct Supervisor: Sendable {
    let options: Options
    let end: Double

    /// Processor seconds of one call into Parsing; a worker ends itself over 120 s of wall time.
    private static let mostSeconds = 10.0

    /// Works on cases `first`, `first + jobs`, ... with one child after the other.
    func run(job: Int) async throws -> Tally {
        let path = "\(options.scratch)/board-\(getpid())-\(options.decoder.rawValue)-\(job)"
        let board = try Blackboard(path: path)
        defer { unlink(path) }
        var tally = Tally()
        var first = UInt64(job) + options.first
        while Clock.now < end, tally.findings < options.mostFindings {
            board.clear()
            let death = try await watchChild(board, path, first)
            tally.add(board)
            guard let death else { break }
            tally.findings += 1
            try report(death, number: board[.number])
            first = board[.number] + UInt64(options.jobs)
        }
        return tally
    }

    /// What the child died of; `nil` when its time was over.
    private func watchChild(_ board: Blackboard, _ path: String, _ first: UInt64) async throws -> String? {
        let child = Process()
        child.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        child.arguments = options.childArguments + ["--board", path, "--first", "\(first)", "--until", "\(end)"]
        // Swift would print a stack of each crash, which takes longer than a thousand cases; --file shows one.
        child.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        try child.run()
        var killed: String?
        while child.isRunning {
            try await Task.sleep(for: .milliseconds(20))
            let started = board[.callStarted]
            guard killed == nil, started > 0, let time = Clock.processor(of: child.processIdentifier), time > started else { continue }
            if Double(time - started) / 1e9 > Self.mostSeconds {
                killed = "hang: more than \(Int(Self.mostSeconds)) s of processor time in one call"
                kill(child.processIdentifier, SIGKILL)
            }
        }
        child.waitUntilExit()
        if let killed { return killed }
        if child.terminationReason == .uncaughtSignal { return "signal=\(child.terminationStatus)" }
        switch child.terminationStatus {
        case 0: return nil
        case Child.findingStatus: return board.message
        // The child has said why on stderr: it never began.
        case let status where board[.callStarted] == 0: throw UsageError("a child ended with status \(status)")
        case let status: return "exit=\(status)"
        }
    }

    private func report(_ death: String, number: UInt64) throws {
        var line = "seed=\(options.seed) case=\(number) decoder=\(options.decoder.rawValue) \(death)"
        if let folder = options.keep {
            let corpus = try Corpus(folders: options.corpora, decoder: options.decoder, maxBytes: options.maxBytes)
            let fuzzCase = FuzzCase(number: number, seed: options.seed, decoder: options.decoder, corpus: corpus)
            // The name carries the extension that the case was parsed under.
            let path = "\(folder)/\(options.decoder.rawValue)-\(options.seed)-\(number)-\(fuzzCase.name)"
            try Data(fuzzCase.bytes).write(to: URL(filePath: path))
            line += " file=\(path)"
        }
        print(line)
        fflush(nil)
    }
}
