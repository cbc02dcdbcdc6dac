import Documents
import Parsing

/// Parses one case the way the pipeline does, and says what is wrong with the outcome.
struct Trial {
    /// A trial that held. What it took is measured from outside.
    struct Verdict {
        /// `nil` when nothing is wrong; crashes and hangs never get this far.
        var finding: String?
        /// Whether the content became a document.
        var isDocument = false
    }

    /// `willCall` is told before each call into Parsing.
    static func run(_ fuzzCase: FuzzCase, willCall: () -> Void = {}) -> Verdict {
        let parser = ContentParser(limits: fuzzCase.limits)
        let name = RawPath(fuzzCase.name)
        // Fresh memory differs between the two: what reads memory that it never wrote gives two results.
        FreshMemory.fill(0x5A)
        let first = result(willCall) { () throws(ParsingFailure) in try parser.parse(fuzzCase.bytes, name: name) }
        FreshMemory.fill(0xC3)
        let second = result(willCall) { () throws(ParsingFailure) in try parser.parse(fuzzCase.bytes, name: name) }
        guard first == second else { return Verdict(finding: "two results for the same bytes: \(words(first)); \(words(second))") }
        switch first {
        case .failure(let failure):
            return Verdict(finding: failure.message.isEmpty ? "a failure without words: \(failure.reason)" : nil)
        case .success(.sheet(let sheet)):
            return Verdict(finding: Sanity.problem(of: sheet), isDocument: true)
        case .success(.images(let pages)):
            if let problem = Sanity.problem(of: pages, limits: fuzzCase.limits) { return Verdict(finding: problem, isDocument: true) }
            for page in pages.prefix(3) {
                for side in [480, 64] {
                    if let problem = decode(page, side, fuzzCase.bytes, parser, willCall) { return Verdict(finding: problem, isDocument: true) }
                }
            }
            return Verdict(isDocument: true)
        }
    }

    private static func decode(_ page: PageImage, _ side: Int, _ bytes: [UInt8], _ parser: ContentParser, _ willCall: () -> Void) -> String? {
        let first = result(willCall) { () throws(ParsingFailure) in try parser.decodePage(page.number, of: bytes, longestSide: side) }
        // The small one again: cheaper, and the rows come from the same decoder.
        if side < 100 {
            FreshMemory.fill(0x11)
            let second = result(willCall) { () throws(ParsingFailure) in try parser.decodePage(page.number, of: bytes, longestSide: side) }
            guard first == second else { return "two pictures of page \(page.number) for the same bytes" }
        }
        switch first {
        case .failure(let failure): return "page \(page.number) was parsed and does not decode: \(failure.reason.rawValue): \(failure.message)"
        case .success(let bitmap): return Sanity.problem(of: bitmap, page: page, longestSide: side)
        }
    }

    private static func result<Value>(_ willCall: () -> Void, _ body: () throws(ParsingFailure) -> Value) -> Result<Value, ParsingFailure> {
        willCall()
        do throws(ParsingFailure) { return .success(try body()) } catch { return .failure(error) }
    }

    private static func words(_ result: Result<Document, ParsingFailure>) -> String {
        switch result {
        case .success(.sheet(let sheet)): "a sheet of \(sheet.fragments.count) fragments"
        case .success(.images(let pages)): "\(pages.count) pages"
        case .failure(let failure): "\(failure.reason.rawValue): \(failure.message)"
        }
    }
}
