import Foundation

/// What the command line asks for.
struct Options: Sendable {
    enum Mode: String { case fuzz, child, replay, file, guided }

    var mode = Mode.fuzz
    var decoders = Decoder.allCases
    var decoder = Decoder.tiff
    var corpora: [String] = []
    var seconds = 60.0
    var jobs = 2
    var seed: UInt64 = 1
    var keep: String?
    var maxBytes = 200_000
    var mostFindings = 50
    /// The case to begin with; a child's own bounds.
    var first: UInt64 = 0
    var until = 0.0
    var board = ""
    var file = ""
    /// What stands behind `--`, for libFuzzer.
    var rest: [String] = []
    /// The one folder that children may write to.
    var scratch = NSTemporaryDirectory() + "shogo-fuzz"

    init(_ arguments: [String]) throws {
        var words = arguments[...]
        while let word = words.popFirst() {
            if word == "--" {
                rest = Array(words)
                break
            }
            func value() throws -> String {
                guard let value = words.popFirst() else { throw UsageError("\(word) needs a value") }
                return value
            }
            func number<Number: LosslessStringConvertible>() throws -> Number {
                let text = try value()
                guard let number = Number(text) else { throw UsageError("\(word) \(text) is not a number") }
                return number
            }
            switch word {
            case "child": mode = .child
            case "guided": mode = .guided
            case "--decoder":
                let name = try value()
                guard let found = name == "all" ? Decoder.allCases : Decoder(rawValue: name).map({ [$0] }) else { throw UsageError("no decoder \(name)") }
                decoders = found
                decoder = found[0]
            case "--corpus":
                while let folder = words.first, !folder.hasPrefix("--") { corpora.append(String(words.removeFirst())) }
            case "--seconds": seconds = try number()
            case "--jobs": jobs = max(1, try number())
            case "--seed": seed = try number()
            case "--keep": keep = try value()
            case "--max-bytes": maxBytes = try number()
            case "--most-findings": mostFindings = try number()
            case "--first": first = try number()
            case "--until": until = try number()
            case "--board": board = try value()
            case "--file":
                mode = .file
                file = try value()
            case "--replay":
                mode = .replay
                let parts = try value().split(separator: ":").compactMap { UInt64($0) }
                guard parts.count == 2 else { throw UsageError("--replay SEED:CASE") }
                (seed, first) = (parts[0], parts[1])
            default: throw UsageError("unknown option \(word)")
            }
        }
    }

    /// What a child needs to make the same cases.
    var childArguments: [String] {
        ["child", "--decoder", decoder.rawValue, "--seed", "\(seed)", "--jobs", "\(jobs)", "--max-bytes", "\(maxBytes)", "--corpus"] + corpora
    }

    static let usage = """
        shogo-fuzz --decoder tiff|jpeg|png|xml|text|all --corpus DIR... [--seconds 60] [--jobs 2] [--seed 1] [--keep DIR] [--max-bytes 200000]
        shogo-fuzz --replay SEED:CASE --decoder D --corpus DIR... [--keep DIR]   makes one case again and runs it
        shogo-fuzz --file FILE                                                  runs one file
        shogo-fuzz guided [-- libFuzzer options and corpus]                     see docs/fuzzing.md
        Exit codes: 0 nothing found, 1 findings, 2 wrong usage.
        """
}

struct UsageError: Error {
    let message: String
    init(_ message: String) { self.message = message }
}
