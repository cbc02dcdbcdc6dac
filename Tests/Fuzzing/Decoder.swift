/// The decoders under test, each with the files that reach it.
enum Decoder: String, CaseIterable {
    case tiff, jpeg, png, xml, text

    /// Whether a file is food for this decoder, by its first bytes, as `ContentParser` would choose.
    func reads(_ bytes: [UInt8]) -> Bool { Self.find(bytes) == self }

    /// Names to parse under: the extension separates text formats that look alike.
    var names: [String] {
        switch self {
        case .xml: ["file.xml", "file.dita", "file.txt", "file.html"]
        case .text: ["file.txt", "file.md", "file"]
        default: ["file"]
        }
    }

    private static func find(_ bytes: [UInt8]) -> Decoder? {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return .png }
        if let (first, third, fourth) = bytes.count < 4 ? nil : (bytes[0], bytes[2], bytes[3]), bytes[1] == first {
            if first == 0x49, third == 0x2A || third == 0x2B, fourth == 0 { return .tiff }
            if first == 0x4D, third == 0, fourth == 0x2A || fourth == 0x2B { return .tiff }
        }
        let isMarked = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        let head = bytes.prefix(512).filter { !isMarked || $0 != 0 }
        guard !head.isEmpty, head.allSatisfy({ $0 >= 0x20 || (9...13).contains($0) || $0 == 0x1B || $0 == 0x1A }) else { return nil }
        let start = head.drop { $0 <= 0x20 || $0 >= 0x80 }.first
        // The other kinds of text are refused at once and would teach nothing.
        if start == UInt8(ascii: "{") || start == UInt8(ascii: "#") && head.starts(with: "#!".utf8) { return nil }
        return start == UInt8(ascii: "<") ? .xml : .text
    }
}
