/// The scripts that Japanese (and Chinese) write without spaces.
enum JapaneseScript: Equatable {
    case han, hiragana, katakana

    /// The script of a folded scalar, nil for all others. The length mark is katakana here: it follows katakana in words.
    init?(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        // Most characters by far; the others need Unicode's tables.
        case 0..<0x3005, 0xAC00...0xD7A3, 0xFF00...0xFFFF: return nil
        case 0x3400...0x4DBF, 0x4E00...0x9FFF: self = .han
        case 0x3041...0x3096, 0x309D...0x309F: self = .hiragana
        case 0x30A1...0x30FA, 0x30FC...0x30FF, 0x31F0...0x31FF: self = .katakana
        case 0x3005, 0x3006, 0x3007: self = .han
        default:
            guard scalar.properties.isIdeographic else { return nil }
            self = .han
        }
    }

    static func contains(_ scalar: Unicode.Scalar) -> Bool { JapaneseScript(scalar) != nil }

    /// Terms of one run of these scripts: "b" and each two neighbours, "w" and each katakana word.
    ///
    /// Two hiragana are inflection or particles and are dropped; a single ideograph between other scripts ("弁 3") is kept.
    static func terms(of run: [Unicode.Scalar]) -> [String] {
        var terms: [String] = []
        let scripts = run.map { JapaneseScript($0) }
        if run.count == 1, scripts[0] == .han { terms.append(Self.term("b", run[...])) }
        for i in run.indices.dropLast() where scripts[i] != .hiragana || scripts[i + 1] != .hiragana {
            terms.append(Self.term("b", run[i...i + 1]))
        }
        var start = 0
        while start < run.count {
            var end = start
            while end < run.count, scripts[end] == .katakana { end += 1 }
            if end - start > 1 { terms.append(Self.term("w", run[start..<end])) }
            start = max(end, start + 1)
        }
        return terms
    }
    private static func term(_ field: Unicode.Scalar, _ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(unsafeUninitializedCapacity: 1 + scalars.count * 4) { bytes in
            bytes[0] = UInt8(truncatingIfNeeded: field.value)
            var count = 1
            for scalar in scalars {
                for byte in UTF8.encode(scalar)! {
                    bytes[count] = byte
                    count += 1
                }
            }
            return count
        }
    }
}
