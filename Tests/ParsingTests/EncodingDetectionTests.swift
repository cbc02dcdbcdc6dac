import Documents
import Foundation
import Testing

@testable import Parsing

@Suite("Telling encodings apart by scoring")
struct EncodingDetectionTests {
    /// Written for this test, not tuned on: only one rule, that private planes are no text, came from looking at its first result.
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

    @Test("Short texts in the encodings of Unix, DOS and the Macintosh are read, or seldom seem sure")
    func rareEncodings() throws {
        let table = String(decoding: try fixture("encoded-texts-europe.tsv"), as: UTF8.self)
        let confusions = Confusions(EncodedText.all(in: table, encodings: EncodedText.rareEncodings))
        print(confusions.report)
        for (encoding, least) in [("KOI8-R", 0.95), ("IBM866", 0.95), ("ISO-8859-5", 0.95), ("ISO-8859-2", 0.9), ("macintosh", 0.7), ("IBM850", 0.7)] {
            let (right, count) = confusions.byEncoding[encoding] ?? (0, 0)
            #expect(count >= 38 && Double(right) >= least * Double(count), "\(encoding): \(right) of \(count)")
        }
        #expect(confusions.wrongAndSure * 50 <= confusions.count)
    }

    @Test("Characters that an archive made for itself make no text sure")
    func privateCharacters() throws {
        // Cantonese, of Hong Kong's supplement.
        let bytes = try #require(TextEncoder.encode("機件檢查：打開閥門，", in: "Big5")) + [0xFA, 0x40]
        let decoded = try TextDecoder.decode(bytes)
        #expect(decoded.encoding == "Big5" && decoded.confidence < 0.9)
        #expect(try TextDecoder.decode(Array(bytes.dropLast(2))).confidence > 0.9)
    }

    @Test("Every text comes back from the encoding it is said to be in")
    func roundTrip() throws {
        for entry in try Self.texts() {
            let decoded = try TextDecoder.decode(entry.bytes, encoding: entry.encoding)
            #expect(decoded.text == entry.text)
            #expect(decoded.confidence == 1)
        }
    }

    @Test("Every truncation of a text is a text or a reason")
    func truncations() throws {
        var whole = 0
        for entry in try Self.texts().enumerated().filter({ $0.offset.isMultiple(of: 20) }).map(\.element) {
            for count in 1..<entry.bytes.count {
                do throws(ParsingFailure) {
                    let decoded = try TextDecoder.decode(Array(entry.bytes.prefix(count)))
                    // Three bytes may be an escape sequence and nothing else.
                    #expect((!decoded.text.isEmpty || count <= 3) && (0.4...1).contains(decoded.confidence))
                    whole += entry.text.hasPrefix(decoded.text) ? 1 : 0
                } catch {
                    #expect(!error.message.isEmpty)
                }
            }
        }
        #expect(whole > 1000)
    }

    @Test("Random bytes are a text or a reason, with and without an override", arguments: 0..<8)
    func randomBytes(seed: UInt64) {
        var random = SeededGenerator(state: seed)
        for _ in 0..<100 {
            let highOnly = Bool.random(using: &random)
            let bytes = (0..<Int.random(in: 1...120, using: &random)).map { _ in UInt8.random(in: highOnly ? 0x80...0xFF : 0...0xFF, using: &random) }
            let guesses = EncodingDetector.rank(bytes)
            #expect(guesses.reduce(0) { $0 + $1.confidence } <= 1.000001)
            _ = outcome(bytes)
            for encoding in [nil, "windows-31j", "GB18030", "UTF-16", "windows-1252", "ISO-2022-JP"] {
                do throws(ParsingFailure) { _ = try TextDecoder.decode(bytes, encoding: encoding) } catch { #expect(!error.message.isEmpty) }
            }
        }
    }

    @Test("Random bytes are never a sure text")
    func noise() {
        var random = SeededGenerator(state: 3)
        var read = 0
        for _ in 0..<100 {
            let bytes = (0..<200).map { _ in UInt8.random(in: 0x20...0xFF, using: &random) }.filter { $0 != 0x7F }
            read += (try? TextDecoder.decode(bytes)) == nil ? 0 : 1
        }
        #expect(read == 0)
    }

    @Test("A text with half a character is reported, not read in another encoding")
    func halfCharacters() throws {
        for entry in try Self.texts() where ["windows-31j", "EUC-JP", "GB18030", "Big5", "EUC-KR"].contains(entry.encoding) {
            guard let lead = entry.bytes.last(where: { $0 >= 0x81 }), entry.bytes.count > 6 else { continue }
            let bytes = entry.bytes + [lead]
            // Two bytes that were single may make a character now.
            guard (try? StrictDecoding.named(entry.encoding == "EUC-KR" ? "windows-949" : entry.encoding, bytes[...])) == nil else { continue }
            #expect(throws: ParsingFailure.self, "\(entry.encoding): \(entry.text)") { try TextDecoder.decode(bytes) }
        }
    }

    @Test("UTF-8 with a damaged byte is reported, not read in another encoding")
    func damagedUTF8() throws {
        for entry in try Self.texts() where entry.text.unicodeScalars.count(where: { !$0.isASCII }) >= 12 {
            var bytes = Array(entry.text.utf8)
            guard let at = bytes.indices.first(where: { $0 > bytes.count / 2 && bytes[$0] >= 0xC0 }) else { continue }
            bytes.remove(at: at + 1)
            let failure = #expect(throws: ParsingFailure.self, "\(entry.text)") { try TextDecoder.decode(bytes) }
            #expect(failure?.message.contains("is not UTF-8") ?? false)
        }
    }

    @Test("A few words beside ASCII decide, however many words of ASCII lie around them", arguments: [1, 10, 100, 1000])
    func mixedText(count: Int) throws {
        for (encoding, words) in [("windows-31j", "ポンプ点検をする"), ("EUC-JP", "ポンプ点検をする"), ("GB18030", "水泵检查关闭阀门")] {
            let text = String(repeating: "Check the pump and the valve. ", count: count) + "\n\(words)\n"
            let decoded = try TextDecoder.decode(#require(TextEncoder.encode(text, in: encoding)))
            #expect(decoded.encoding == encoding && decoded.text == text && decoded.confidence > 0.9)
        }
        let code = String(repeating: "x=1;", count: count) + "\n点検\n"
        #expect(try TextDecoder.decode(#require(TextEncoder.encode(code, in: "EUC-JP"))).text == code)
        let german = String(repeating: "Check the pump and the valve. ", count: count) + "Größe prüfen."
        #expect(try TextDecoder.decode(#require(TextEncoder.encode(german, in: "windows-1252"))).text == german)
    }

    @Test("A damaged text of words and signs is reported with the byte in the text, not in a part of it")
    func placeOfDamage() throws {
        let text = String(repeating: "Check the pump and the valve. ", count: 20) + "ポンプ点検をする。軸受を交換する"
        let bytes = try #require(TextEncoder.encode(text, in: "windows-31j")) + [0x82]
        let failure = #expect(throws: ParsingFailure.self) { try TextDecoder.decode(bytes) }
        #expect(failure?.message.contains("windows-31j, damaged at byte \(bytes.count - 1)") ?? false)
    }

    @Test("A long text is scored by its beginning and decoded to its end")
    func longText() throws {
        for line in ["ポンプの軸受を交換する。\n", "ポンプの軸受を交換する。"] {
            let text = String(repeating: line, count: 2800)
            let bytes = try #require(TextEncoder.encode(text, in: "EUC-JP"))
            let decoded = try TextDecoder.decode(bytes)
            #expect(decoded.encoding == "EUC-JP" && decoded.text == text && decoded.confidence > 0.99)
            #expect(throws: ParsingFailure.self) { try TextDecoder.decode(bytes + [0xFF]) }
        }
    }

    @Test("A text that no encoding fits names the best guesses")
    func guesses() {
        let failure = #expect(throws: ParsingFailure.self) { try TextDecoder.decode(Array("abc".utf8) + [0xFF, 0xFD] + Array("def".utf8)) }
        #expect(failure?.reason == .unknownEncoding)
        #expect(failure?.message.contains("ISO-8859-1 (") ?? false)
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

    var wrongAndSure: Int { confidences.count { $0.0 >= 0.9 && !$0.1 } }

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
