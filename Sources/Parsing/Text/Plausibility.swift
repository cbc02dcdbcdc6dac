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

    /// Whether a text of UTF-8 may be one of another encoding: few characters beside ASCII, all of two bytes, in scripts that nobody mixes.
    static func isChance(_ text: String) -> Bool {
        var scripts = Set<Int>()
        var count = 0
        for scalar in text.unicodeScalars where !scalar.isASCII {
            count += 1
            guard count <= 6, scalar.value < 0x800 else { return false }
            scripts.insert(script(scalar.value))
        }
        // A lone letter of Hebrew or Arabic is two signs of Windows' Latin.
        if count == 1, !scripts.isDisjoint(with: [5, 6]) { return true }
        return scripts.contains(rare) || scripts.subtracting([signs]).count > 1
    }

    private static let (rare, signs) = (0, 1)

    private static func script(_ value: UInt32) -> Int {
        switch value {
        case 0x80...0xBF, 0xD7, 0xF7: signs
        case 0xC0...0x24F: 2
        case 0x386...0x3CE: 3
        case 0x400...0x45F, 0x490...0x491: 4
        case 0x5D0...0x5EA: 5
        case 0x60C...0x66D: 6
        default: rare
        }
    }
}
