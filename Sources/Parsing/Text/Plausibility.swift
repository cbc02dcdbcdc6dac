/// How much a decoded text looks like text that people write: tells encodings apart that both decode.
enum Plausibility {
    /// From 1 (kana and common punctuation throughout) down to below 0 (rare and private characters).
    ///
    /// ASCII says nothing, so only other characters count; a text of ASCII alone is fully plausible.
    static func score(_ text: String) -> Double {
        var total = 0.0
        var count = 0
        for scalar in text.unicodeScalars where scalar.value >= 0x80 {
            total += weight(scalar.value)
            count += 1
            if count == 1 << 16 { break }
        }
        return count == 0 ? 1 : total / Double(count)
    }

    private static func weight(_ scalar: UInt32) -> Double {
        switch scalar {
        case 0x3000...0x303F, 0x3040...0x30FF, 0xFF01...0xFF60: 1  // punctuation, kana, full-width forms
        case 0x4E00...0x9FFF: 0.7
        case 0xFF61...0xFF9F: -0.5  // half-width katakana: what EUC-JP looks like in CP932
        case 0x80...0x9F, 0xE000...0xF8FF, 0xFFF0...0xFFFF: -3  // controls, private use, no characters
        case 0xA0...0x24F, 0x370...0x4FF, 0x2000...0x27FF, 0x3300...0x33FF: 0.5  // letters, signs, circled numbers
        case 0xAC00...0xD7AF, 0x20000...0x3FFFF: 0.3
        case 0x1F000...0x1FAFF: 0.5
        default: -1
        }
    }
}
