import Foundation
import TestSupport
import Testing

@testable import Reporting

/// A reader as strict as RFC 4180: quotes only around whole cells, CRLF after every row; `nil` for anything else.
func readCSV(_ bytes: some Sequence<UInt8>) -> [[String]]? {
    var rows: [[String]] = [], row: [String] = [], cell: [UInt8] = []
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
        if rest.first == 0x22 {
            rest.removeFirst()
            while true {
                guard let byte = rest.popFirst() else { return nil }
                if byte == 0x22 {
                    guard rest.first == 0x22 else { break }
                    rest.removeFirst()
                }
                cell.append(byte)
            }
        } else {
            while let byte = rest.first, ![0x22, 0x2C, 13, 10].contains(byte) { cell.append(byte); rest.removeFirst() }
        }
        guard let text = String(validating: cell, as: UTF8.self) else { return nil }
        row.append(text)
        cell = []
        switch rest.popFirst() {
        case 0x2C where !rest.isEmpty: continue
        case 13 where rest.popFirst() == 10:
            rows.append(row)
            row = []
        default: return nil
        }
    }
    return row.isEmpty ? rows : nil
}

@Suite("Reports")
struct ReportTests {
    static let pieces = ["\"", ",", "\r", "\n", "\r\n", "=", "'", "", " ", "図面", "é", "e\u{301}", "\u{0}", "\u{1F}", "\\", "\u{7F}", "\u{2028}", "😀", "/"]

    static func texts(seed: UInt64, count: Int) -> [String] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in (0..<Int.random(in: 0...5, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined() }
    }

    static func row(path: String = "a", score: Float = 0.5) -> MatchRow {
        MatchRow(
            queryRoot: "/q", queryPath: path, queryPage: 1, queryKind: "image", queryDigest: "d1", queryCopies: 2, queryTitle: "題", rank: 3,
            score: score, candidateRoot: "/c", candidatePath: "b", candidatePage: 4, candidateKind: "sheet", candidateDigest: "d2",
            candidateTitle: "t", knownPair: "csv", model: "m", snapshot: "s")
    }

    @Test("The machine profile brings any text back, by RFC 4180, without a byte order mark", arguments: 0..<20)
    func machineRoundTrip(_ seed: UInt64) throws {
        let table = (0..<5).map { Self.texts(seed: seed * 5 + $0, count: 4) }
        var csv = CSVWriter(profile: .machine)
        for row in table { csv.append(row.map { .text($0) }) }
        let read = try #require(readCSV(csv.bytes))
        #expect(read.map { $0.map { Array($0.utf8) } } == table.map { $0.map { Array($0.utf8) } })
        #expect(csv.bytes.suffix(2) == [13, 10])
    }

    @Test("Excel gets a byte order mark, and no cell that runs", arguments: ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
    func excel(_ sign: String) throws {
        var csv = CSVWriter(profile: .excel)
        csv.append([.text(sign + "1,1"), .text("a" + sign), .decimal(-0.5), .integer(-3), .text("")])
        #expect(csv.bytes.prefix(3) == [0xEF, 0xBB, 0xBF])
        let read = try #require(readCSV(csv.bytes.dropFirst(3)))
        #expect(read == [["'" + sign + "1,1", "a" + sign, "-0.500000", "-3", ""]])
        var plain = CSVWriter(profile: .machine)
        plain.append([.text(sign + "1,1")])
        #expect(readCSV(plain.bytes) == [[sign + "1,1"]])
    }

    @Test("The 18 columns and their order are an interface")
    func columns() throws {
        let names = [
            "query_path", "query_page", "query_title", "rank", "score", "candidate_path", "candidate_page", "candidate_title", "known_pair",
            "query_kind", "candidate_kind", "query_root", "candidate_root", "query_copies", "query_digest", "candidate_digest", "model", "snapshot",
        ]
        #expect(MatchRow.columnNames == names)
        var report = MatchReport(format: .csv)
        report.append(Self.row())
        let values = ["a", "1", "題", "3", "0.500000", "b", "4", "t", "csv", "image", "sheet", "/q", "/c", "2", "d1", "d2", "m", "s"]
        #expect(readCSV(report.bytes) == [names, values])
    }

    @Test("An empty CSV report is its header; an empty JSON Lines report is nothing")
    func empty() {
        #expect(readCSV(MatchReport(format: .csv, profile: .excel).bytes.dropFirst(3)) == [MatchRow.columnNames])
        #expect(MatchReport(format: .jsonl).bytes.isEmpty)
    }

    @Test("Every JSON line is an object with the values as they are", arguments: 0..<20)
    func jsonLines(_ seed: UInt64) throws {
        let texts = Self.texts(seed: seed, count: 10) + ["\u{0}\u{1}\u{1F}\"\\", "日本語の手順書"]
        var report = MatchReport(format: .jsonl)
        for text in texts { report.append(Self.row(path: text)) }
        let lines = report.bytes.split(separator: 10)
        #expect(lines.count == texts.count && report.bytes.last == 10)
        for (line, text) in zip(lines, texts) {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
            #expect(Set(object.keys) == Set(MatchRow.columnNames))
            #expect(try Array(#require(object["query_path"] as? String).utf8) == Array(text.utf8))
            #expect(object["rank"] as? Int == 3 && object["score"] as? Double == 0.5)
        }
    }

    @Test("Keys of a JSON line stand in column order")
    func keyOrder() {
        var lines = JSONLinesWriter()
        lines.append([("z", .integer(1)), ("a", .text("x/é")), ("m", .decimal(1))])
        #expect(String(decoding: lines.bytes, as: UTF8.self) == "{\"z\":1,\"a\":\"x/é\",\"m\":1.000000}\n")
    }

    @Test("A score that is no number does not spoil its JSON line", arguments: [Float.nan, .infinity, -.infinity, 3e9, -3e38])
    func noNumber(_ score: Float) throws {
        var report = MatchReport(format: .jsonl)
        report.append(Self.row(score: score))
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(report.bytes)) }
    }

    @Test("Six decimals agree with printf wherever a cosine can be")
    func sixDecimals() {
        var random = SplitMix64(seed: 4)
        let known: [Float] = [0, -0, 1, -1, 0.5, 1e-7, -1e-7, 9e-7, 0.9999999, -0.000001, 12345.678, 5e-7]
        for number in known + (0..<2_000).map({ _ in Float.random(in: -1.1...1.1, using: &random) }) {
            let text = String(format: "%.6f", Double(number))
            #expect(ReportValue.sixDecimals(number) == (text == "-0.000000" ? "0.000000" : text))
        }
    }
}
