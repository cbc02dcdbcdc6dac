/// Writes RFC 4180: commas, CRLF, quotes where needed, UTF-8.
public struct CSVWriter: Sendable {
    /// For whom the file is.
    public enum Profile: String, CaseIterable, Sendable {
        /// Programs: values exactly as they are, no byte order mark.
        case machine
        /// Excel: a byte order mark, so that Japanese is readable; cells that would run as formulas start with `'`.
        case excel
    }

    public let profile: Profile
    public private(set) var bytes: [UInt8]

    public init(profile: Profile) {
        self.profile = profile
        bytes = profile == .excel ? [0xEF, 0xBB, 0xBF] : []
    }

    public mutating func append(header: [String]) {
        append(header.map { .text($0) })
    }

    public mutating func append(_ values: [ReportValue]) {
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(cell: value)
        }
        bytes += [13, 10]
    }

    private mutating func append(cell value: ReportValue) {
        var text = value.plain
        if profile == .excel, case .text = value, let first = text.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) {
            text = "'" + text
        }
        guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 10 || $0 == 13 }) else {
            bytes.append(contentsOf: text.utf8)
            return
        }
        bytes.append(0x22)
        for byte in text.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }
}
