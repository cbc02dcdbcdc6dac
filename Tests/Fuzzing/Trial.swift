import Documents
import Parsing

/// Parses one case twice, the way the pipeline does, and says what is wrong with the outcome. Crashes and hangs are told from outside.
struct Trial {
    private let fuzzCase: FuzzCase
    private let willCall: () -> Void

    struct Verdict {
        /// `nil` when nothing is wrong.
        var finding: String?
        /// Whether the content became a document.
        var isDocument: Bool
        /// The most memory held, in KiB.
        var peak: UInt64
    }

    private struct Picture: Equatable {
        let page: PageImage
        let side: Int
        let result: Result<Bitmap, ParsingFailure>
    }

    private struct Outcome: Equatable {
        let parsed: Result<Document, ParsingFailure>
        var pictures: [Picture] = []
    }

    /// `willCall` is told before each call into Parsing.
    static func run(_ fuzzCase: FuzzCase, willCall: @escaping () -> Void = {}) -> Verdict {
        let trial = Trial(fuzzCase: fuzzCase, willCall: willCall)
        Clock.resetPeakMemory()
        let first = trial.outcome()
        // Before the second round: filling memory makes all of it resident, also what a decoder asks for and never touches.
        let peak = Clock.peakMemory
        FreshMemory.fill(0xC3)
        let second = trial.outcome()
        FreshMemory.leave()
        var verdict = Verdict(finding: trial.problem(of: first), isDocument: (try? first.parsed.get()) != nil, peak: peak)
        if first != second { verdict.finding = "two outcomes for the same bytes: \(words(first.parsed)); \(words(second.parsed))" }
        return verdict
    }

    private func outcome() -> Outcome {
        let parser = ContentParser(limits: fuzzCase.limits)
        let name = RawPath(fuzzCase.name)
        var outcome = Outcome(parsed: result { () throws(ParsingFailure) in try parser.parse(fuzzCase.bytes, name: name) })
        guard case .success(.images(let pages)) = outcome.parsed else { return outcome }
        for page in pages.prefix(3) {
            for side in [480, 64] {
                let bitmap = result { () throws(ParsingFailure) in try parser.decodePage(page.number, of: fuzzCase.bytes, longestSide: side) }
                outcome.pictures.append(Picture(page: page, side: side, result: bitmap))
            }
        }
        return outcome
    }

    private func problem(of outcome: Outcome) -> String? {
        switch outcome.parsed {
        case .failure(let failure): return failure.message.isEmpty ? "a failure without words: \(failure.reason)" : nil
        case .success(.sheet(let sheet)): return Sanity.problem(of: sheet)
        case .success(.companion(let companion)): return Sanity.problem(of: companion)
        case .success(.images(let pages)):
            if let problem = Sanity.problem(of: pages, limits: fuzzCase.limits) { return problem }
            return outcome.pictures.lazy.compactMap(problem(of:)).first
        }
    }

    private func problem(of picture: Picture) -> String? {
        switch picture.result {
        // Parsing has test-decoded the page.
        case .failure(let failure): "page \(picture.page.number) was parsed and does not decode: \(failure.reason.rawValue): \(failure.message)"
        case .success(let bitmap): Sanity.problem(of: bitmap, page: picture.page, longestSide: picture.side)
        }
    }

    private func result<Value>(_ body: () throws(ParsingFailure) -> Value) -> Result<Value, ParsingFailure> {
        willCall()
        do throws(ParsingFailure) { return .success(try body()) } catch { return .failure(error) }
    }

    private static func words(_ result: Result<Document, ParsingFailure>) -> String {
        switch result {
        case .success(.sheet(let sheet)): "a sheet of \(sheet.fragments.count) fragments"
        case .success(.images(let pages)): "\(pages.count) pages"
        case .success(.companion(let companion)): "a companion, \(companion.kind.rawValue)"
        case .failure(let failure): "\(failure.reason.rawValue): \(failure.message)"
        }
    }
}
