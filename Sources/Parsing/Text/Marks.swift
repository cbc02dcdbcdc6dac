/// Invisible characters in front of a text: marks that tools add to a file that has one already, and what editors leave before markup.
enum Marks {
    /// The text without byte order marks at its beginning and, where markup begins behind them, without white space.
    static func stripped(_ text: String) -> String {
        let rest = text.unicodeScalars.drop { isInvisible($0) }
        if rest.first == "<" { return String(rest) }
        let behind = text.unicodeScalars.drop { $0 == "\u{FEFF}" }
        return behind.startIndex == text.startIndex ? text : String(behind)
    }

    /// The count of bytes of such marks and white space before `<`, in an encoding that holds ASCII; 0 where no markup begins.
    static func length(before bytes: [UInt8]) -> Int {
        var at = 0
        while at < min(bytes.count, 64), bytes[at] != UInt8(ascii: "<") {
            guard let width = widths.first(where: { bytes[at...].starts(with: $0) })?.count else { return 0 }
            at += width
        }
        return at < bytes.count && bytes[at] == UInt8(ascii: "<") ? at : 0
    }

    private static let widths: [[UInt8]] =
        [[0x20], [0x09], [0x0A], [0x0D], [0xEF, 0xBB, 0xBF], [0xE2, 0x80, 0x8B], [0xE2, 0x81, 0xA0], [0xC2, 0xA0]]

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "\u{200B}" || scalar == "\u{2060}" || scalar == "\u{FFFE}"
    }
}
