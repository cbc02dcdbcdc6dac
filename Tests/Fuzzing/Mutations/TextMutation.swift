/// Changes to a plain or Markdown text, and to the encoding of any text.
enum TextMutation {
    static func apply(to bytes: inout [UInt8], _ dice: inout Dice) {
        let at = dice.below(bytes.count + 1)
        switch dice.below(5) {
        case 0: bytes.insert(contentsOf: dice.pick(marks).utf8, at: at)
        case 1: bytes.insert(contentsOf: String(repeating: dice.pick(marks), count: dice.pick([3, 50, 1000, 20_000])).utf8, at: at)
        case 2:
            // An opening mark far from its end, or within itself.
            let (open, close) = dice.pick([("![", "](a.jpg)"), ("[", "](b)"), ("<img src='", "'>"), ("(", ")"), ("```\n", "\n```\n"), ("<!--", "-->"), ("---\n", "\n---\n"), ("|", "|\n")])
            let depth = dice.pick([1, 5, 300, 3000])
            bytes.insert(contentsOf: (String(repeating: open, count: depth) + "x" + String(repeating: close, count: depth)).utf8, at: at)
        case 3: bytes.insert(contentsOf: dice.pick(sequences), at: at)
        default: recode(&bytes, &dice)
        }
    }

    /// The text in another encoding, or with a mark that claims one.
    static func recode(_ bytes: inout [UInt8], _ dice: inout Dice) {
        let units = Array(String(decoding: bytes, as: UTF8.self).utf16)
        switch dice.below(5) {
        case 0: bytes = [0xFF, 0xFE] + units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        case 1: bytes = [0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        case 2: bytes = units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        case 3: bytes = units.map { $0 < 0x100 ? UInt8($0) : UInt8(ascii: "?") }
        default: bytes.insert(contentsOf: dice.pick([[0xFF, 0xFE], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE, 0, 0]]), at: 0)
        }
    }

    private static let marks = [
        "#", "# ", "\n", "\r", "\r\n", "\u{85}", "\u{2028}", "|", "-", "=", "=====\n", "-----\n", "> ", "```", "~~~", "![", "[", "](", ")", "<img src=\"",
        "P/N ", "図番", "A-1", "1.", "①", "(1)", "999", "手順１", "STEP ", "警告", "NOTE: ", "a.jpg", ".jpg", "a/b.tif ", "%", "%C3", "%00", "・", " ", "\u{3000}",
        "\u{301}", "\u{200D}", "\u{1F468}\u{200D}", "\u{FE0F}", "\u{FFFF}", "\u{10FFFF}", "\u{E000}", "ｱ", "。", "\t", "&amp;", "<", "<a>",
    ]

    /// Bytes that switch or break encodings.
    private static let sequences: [[UInt8]] = [
        [0x1B, 0x24, 0x42], [0x1B, 0x28, 0x42], [0x1B, 0x24], [0x1B], [0x1B, 0x28, 0x49, 0x31], [0x0E], [0x0F], [0x1A], [0], [0x81], [0x81, 0x40], [0x8F, 0xA1, 0xA1],
        [0x8E, 0xB1], [0xFC, 0xFC], [0xA4, 0xA2, 0xA4, 0xA4], [0x82, 0xA0, 0x82, 0xA2], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE3, 0x81],
        [0x00, 0xD8], [0xD8, 0x00], [0x00, 0xDC], [0xFF], [0x80], [0xEF, 0xBF, 0xBE],
    ]
}
