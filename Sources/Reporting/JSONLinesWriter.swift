/// Writes one JSON object per line, keys in column order.
public struct JSONLinesWriter: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    public mutating func append(_ columns: [(name: String, value: ReportValue)]) {
        bytes.append(UInt8(ascii: "{"))
        for (index, column) in columns.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(string: column.name)
            bytes.append(UInt8(ascii: ":"))
            switch column.value {
            case .text(let text): append(string: text)
            case .decimal(let number) where !number.isFinite: bytes.append(contentsOf: "null".utf8)  // JSON has no word for it
            case .integer, .decimal: bytes.append(contentsOf: column.value.plain.utf8)
            }
        }
        bytes += [UInt8(ascii: "}"), 10]
    }

    private mutating func append(string: String) {
        bytes.append(0x22)
        for byte in string.utf8 {
            switch byte {
            case 0x22, 0x5C: bytes += [0x5C, byte]
            case 0..<0x20:
                let hex = String(byte, radix: 16)
                bytes.append(contentsOf: ("\\u00" + (hex.count == 1 ? "0" : "") + hex).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(0x22)
    }
}
