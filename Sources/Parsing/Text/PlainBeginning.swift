/// Tells the beginnings of lines that can hold no mark of `LineMark` from the others: quick, and sure when it says no.
///
/// Most lines begin with a word. A word is one of a few, or a number is followed by a sign, where a mark begins.
enum PlainBeginning {
    /// `line`: the beginning of a line, without white space before it.
    static func mayMark(_ line: [Unicode.Scalar]) -> Bool {
        guard let first = line.first else { return false }
        return switch first.value {
        case 0x41...0x5A, 0x61...0x7A: mayMarkWord(line)
        // Without the marks of voice: these are letters of their own.
        case 0x3041...0x3096, 0x30A1...0x30FA: mayMarkKana(first, line.dropFirst().first)
        case 0xAC00...0xD7A3: mayMarkHangul(first, line.dropFirst().first)
        case 0x4E00...0x9FFF: ideographs.contains(first) || first.properties.numericType != nil
        // Full-width letters and half-width kana number nothing.
        case 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xFF66...0xFF9D: false
        default: true
        }
    }

    /// A line that begins with an ASCII letter.
    private static func mayMarkWord(_ line: [Unicode.Scalar]) -> Bool {
        var length = 0
        while length < line.count, isLetter(line[length]) { length += 1 }
        if length < line.count {
            let next = line[length]
            // What is no ASCII may change the letter before it.
            guard next.isASCII else { return true }
            if length <= 4, next == "." || next == ")" { return true }
        }
        return words.contains { word in
            word.bytes.count <= length && (word.begins || word.bytes.count == length)
                && word.bytes.indices.allSatisfy { UInt32(word.bytes[$0]) == line[$0].value | 0x20 }
        }
    }

    private static func mayMarkKana(_ first: Unicode.Scalar, _ second: Unicode.Scalar?) -> Bool {
        guard let second else { return false }
        return first == "ス" && second == "テ" || ".)．）、".unicodeScalars.contains(second)
    }

    private static func mayMarkHangul(_ first: Unicode.Scalar, _ second: Unicode.Scalar?) -> Bool {
        guard let second else { return false }
        // A letter of its own may complete the syllable.
        return "단제경주위".unicodeScalars.contains(first) || ".)．）".unicodeScalars.contains(second) || (0x1100...0x11FF).contains(second.value)
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { (0x61...0x7A).contains(scalar.value | 0x20) }

    /// Words that warn or number, in small letters; some begin longer words too.
    private static let words: [(bytes: [UInt8], begins: Bool)] =
        ["warning", "caution", "danger", "note", "chapter", "section"].map { (Array($0.utf8), false) }
        + ["step", "schritt", "paso", "krok"].map { (Array($0.utf8), true) }

    /// What the words of Chinese and Japanese that warn or number begin with.
    private static let ideographs = Set("警注危小手工作步第".unicodeScalars)
}
