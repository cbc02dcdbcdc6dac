import CSandbox
import Glibc

/// A limited process that runs case after case, and dies of the first bad one.
struct Child {
    /// The exit status for a finding that is no crash; the blackboard says which.
    static let findingStatus: Int32 = 70
    /// KiB that a child may hold at most.
    static let mostMemory = 1 << 20
    /// Two readings of a text: beyond this and that together, a text of the largest size that is accepted runs into a worker's time limit.
    private static let mostNanoseconds: UInt64 = 1_000_000_000
    private static let mostNanosecondsPerByte: UInt64 = 2 * 4_000
    /// Bytes of address space: those of a worker (`WorkerLimits`).
    private static let addressSpace: rlim_t = 4 << 30

    let options: Options

    /// Runs cases `first`, `first + stride`, ... until the time is over.
    func run(board: Blackboard, first: UInt64, stride: UInt64, until end: Double) throws {
        let corpus = try Corpus(folders: options.corpora, decoder: options.decoder, maxBytes: options.maxBytes)
        let supervisor = getppid()
        Clock.resetPeakMemory()
        try Self.limit(folder: options.scratch)
        var number = first
        while Clock.now < end, getppid() == supervisor {
            board[.number] = number
            board[.callStarted] = Clock.processor
            let started = Clock.processor
            let fuzzCase = FuzzCase(number: number, seed: options.seed, decoder: options.decoder, corpus: corpus)
            let verdict = Trial.run(fuzzCase) { board[.callStarted] = Clock.processor }
            note(verdict, took: Clock.processor - started, count: fuzzCase.bytes.count, on: board)
            number += stride
        }
    }

    private func note(_ verdict: Trial.Verdict, took: UInt64, count: Int, on board: Blackboard) {
        board[.cases] += 1
        if verdict.isDocument { board[.documents] += 1 }
        if took > board[.slowestNanoseconds] {
            board[.slowestNanoseconds] = took
            board[.slowestNumber] = board[.number]
        }
        board[.peak] = max(board[.peak], verdict.peak)
        guard let finding = verdict.finding ?? excess(verdict, took, count) else { return }
        board.message = finding
        _exit(Self.findingStatus)
    }

    private func excess(_ verdict: Trial.Verdict, _ took: UInt64, _ count: Int) -> String? {
        if verdict.peak > Self.mostMemory { return "\(verdict.peak >> 10) MiB of memory" }
        let isText = options.decoder == .xml || options.decoder == .text
        guard isText, took > Self.mostNanoseconds, took > UInt64(count) * Self.mostNanosecondsPerByte else { return nil }
        return "slow: \(took / 2_000_000) ms for \(count) bytes"
    }

    /// Gives up what a worker gives up before it touches a file.
    private static func limit(folder: String) throws {
        // AddressSanitizer maps terabytes that it never uses.
        if dlsym(nil, "__asan_init") == nil { try lower(RLIMIT_AS, to: addressSpace) }
        try lower(RLIMIT_CORE, to: 0)
        let place = shogo_place(descriptor: open(folder, O_RDONLY | O_DIRECTORY), may: SHOGO_MAY_MAKE)
        defer { close(place.descriptor) }
        for status in [shogo_sandbox_write_only_at([place], 1), shogo_sandbox_forbid_calls(true)] where ![0, ENOSYS, EINVAL, EPERM].contains(status) {
            throw UsageError("cannot confine a child: \(String(cString: strerror(status)))")
        }
    }

    private static func lower(_ resource: __rlimit_resource, to value: rlim_t) throws {
        var limit = rlimit(rlim_cur: value, rlim_max: value)
        guard setrlimit(Int32(resource.rawValue), &limit) == 0 else { throw UsageError("cannot limit a child: \(String(cString: strerror(errno)))") }
    }
}
