/// A cross-match report in one of the formats that Shogo writes.
public struct MatchReport: Sendable {
    public enum Format: String, CaseIterable, Sendable {
        case csv, jsonl
    }

    private enum Writer {
        case csv(CSVWriter)
        case jsonLines(JSONLinesWriter)
    }

    private var writer: Writer

    public init(format: Format, profile: CSVWriter.Profile = .machine) {
        switch format {
        case .csv:
            var csv = CSVWriter(profile: profile)
            csv.append(header: MatchRow.columnNames)
            writer = .csv(csv)
        case .jsonl:
            writer = .jsonLines(JSONLinesWriter())
        }
    }

    public mutating func append(_ row: MatchRow) {
        switch writer {
        case .csv(var csv):
            writer = .jsonLines(JSONLinesWriter())  // so that the bytes have one owner and grow in place
            csv.append(row.columns.map(\.value))
            writer = .csv(csv)
        case .jsonLines(var lines):
            writer = .csv(CSVWriter(profile: .machine))
            lines.append(row.columns)
            writer = .jsonLines(lines)
        }
    }

    /// The whole report.
    public var bytes: [UInt8] {
        switch writer {
        case .csv(let csv): csv.bytes
        case .jsonLines(let lines): lines.bytes
        }
    }
}
