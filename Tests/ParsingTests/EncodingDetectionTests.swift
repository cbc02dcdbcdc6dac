import Documents
import Foundation
import Testing

@testable import Parsing

@Suite("Telling encodings apart by scoring")
struct EncodingDetectionTests {
    /// Written for this test by its authors; nothing was tuned on them.
    private static func texts() throws -> [EncodedText] {
        try ["ja", "zh", "ko", "europe"].flatMap { EncodedText.all(in: String(decoding: try fixture("encoded-texts-\($0).tsv"), as: UTF8.self)) }
    }

    @Test("At least 97 % of short texts in 11 encodings are read right to the character")
    func accuracy() throws {
        let confusions = Confusions(try Self.texts())
        print(confusions.report)
        #expect(confusions.count >= 600)
        #expect(confusions.byEncoding.count >= 11)
        #expect(confusions.accuracy >= 0.97)
    }

    /// The development set is made by ops/encoding-statistics.py from translations that it does not count.
    @Test("The development set", .enabled(if: ProcessInfo.processInfo.environment["SHOGO_ENCODING_DEVELOPMENT"] != nil))
    func development() throws {
        let path = try #require(ProcessInfo.processInfo.environment["SHOGO_ENCODING_DEVELOPMENT"])
        print(Confusions(EncodedText.all(in: try String(contentsOfFile: path, encoding: .utf8))).report)
    }
}

/// What becomes of texts in old encodings.
struct Confusions {
    private(set) var right = 0, count = 0
    private(set) var byEncoding: [String: (right: Int, count: Int)] = [:]
    private var lines: [String] = []
    /// Confidence of answers, right and wrong.
    private var confidences: [(Double, Bool)] = []

    init(_ texts: [EncodedText]) {
        for entry in texts where entry.bytes.contains(where: { $0 >= 0x80 || $0 == 0x1B }) {
            let decoded = try? TextDecoder.decode(entry.bytes)
            let isRight = decoded?.text == entry.text
            count += 1
            right += isRight ? 1 : 0
            byEncoding[entry.encoding, default: (0, 0)].count += 1
            byEncoding[entry.encoding, default: (0, 0)].right += isRight ? 1 : 0
            let best = decoded.map { [EncodingGuess(encoding: $0.encoding, confidence: $0.confidence)] } ?? EncodingDetector.rank(entry.bytes)
            confidences.append((best.first?.confidence ?? 0, isRight))
            guard !isRight else { continue }
            let answer = decoded.map { "\($0.encoding) \($0.confidence): \($0.text)" } ?? "unknown, \(best.prefix(3))"
            lines.append("\(entry.encoding) \"\(entry.text)\" -> \(answer)")
        }
    }

    var accuracy: Double { Double(right) / Double(max(1, count)) }

    var report: String {
        let table = byEncoding.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.right) of \($0.value.count)" }
        let bins = (0..<10).map { bin in
            let these = confidences.filter { min(9, Int($0.0 * 10)) == bin }
            return "0.\(bin): \(these.count { $0.1 })/\(these.count)"
        }
        return (["\(right) of \(count) right, \(accuracy)"] + table + lines + bins).joined(separator: "\n")
    }
}
