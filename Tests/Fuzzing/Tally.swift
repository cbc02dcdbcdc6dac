/// What came of one decoder.
struct Tally: Sendable {
    var cases: UInt64 = 0
    var documents: UInt64 = 0
    var findings = 0
    var peak: UInt64 = 0
    var slowest = Slow()

    struct Slow {
        var nanoseconds: UInt64 = 0
        var number: UInt64 = 0
    }

    /// Adds what a child has left.
    mutating func add(_ board: Blackboard) {
        cases += board[.cases]
        documents += board[.documents]
        peak = max(peak, board[.peak])
        if board[.slowestNanoseconds] > slowest.nanoseconds {
            slowest = Slow(nanoseconds: board[.slowestNanoseconds], number: board[.slowestNumber])
        }
    }

    mutating func add(_ other: Tally) {
        cases += other.cases
        documents += other.documents
        findings += other.findings
        peak = max(peak, other.peak)
        if other.slowest.nanoseconds > slowest.nanoseconds { slowest = other.slowest }
    }

    func line(_ decoder: Decoder, seconds: Double) -> String {
        "\(decoder.rawValue): \(cases) cases, \(Int(Double(cases) / max(seconds, 0.001)))/s, \(documents) documents, \(findings) findings, "
            + "at most \(peak >> 10) MiB, slowest \(slowest.nanoseconds / 1_000_000) ms (case \(slowest.number))"
    }
}
