/// Bytes that are written as letters: `data:` URIs and base64. They are no words, and pieces of them no part numbers.
enum EncodedBytes {
    /// A folded text without them.
    static func without(_ text: String) -> String {
        // Only a long word can be one; most texts are done here.
        guard hasLongWord(text.utf8) else { return text }
        var kept: [Substring] = []
        var run: [Substring] = []
        func endRun() {
            if !isEncoded(run) { kept += run }
            run = []
        }
        for word in text.split(separator: " ") {
            // The last line of a block is shorter.
            let ends = !run.isEmpty && (word.hasSuffix("=") || isMixed(word))
            if isAlphabet(word), word.utf8.count >= longWord || ends {
                run.append(word)
                continue
            }
            endRun()
            let rest = withoutURI(word)
            if !rest.isEmpty { kept.append(rest) }
        }
        endRun()
        return kept.joined(separator: " ")
    }

    private static let longWord = 40

    private static func hasLongWord(_ bytes: String.UTF8View) -> Bool {
        var length = 0
        for byte in bytes {
            length = byte > 0x20 && byte < 0x80 ? length + 1 : 0
            if length >= longWord { return true }
        }
        return false
    }

    /// One very long word, or several lines of such.
    private static func isEncoded(_ words: [Substring]) -> Bool {
        let long = words.filter { $0.utf8.count >= longWord }
        let count = long.reduce(0) { $0 + $1.utf8.count }
        return count >= 120 && long.contains(where: isMixed)
    }

    /// Capitals, small letters and digits: a number in hexadecimal digits or a path has not all of them, or signs besides.
    private static func isMixed(_ word: Substring) -> Bool {
        let ranges: [ClosedRange<UInt8>] = [0x30...0x39, 0x41...0x5A, 0x61...0x7A]
        return ranges.allSatisfy { range in word.utf8.contains(where: range.contains) }
    }

    private static func isAlphabet(_ word: Substring) -> Bool {
        word.utf8.allSatisfy(isAlphabet)
    }

    private static func isAlphabet(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "+/=-_".utf8.contains(byte)
        }
    }

    /// A word without the data URI in it: `src="data:image/png;base64,iVBO..."`.
    private static func withoutURI(_ word: Substring) -> Substring {
        guard word.utf8.count >= longWord, let start = word.firstRange(of: "data:") else { return word }
        let uri = word[start.lowerBound...]
        guard let comma = uri.firstIndex(of: ","), uri[..<comma].contains("base64") || uri[..<comma].contains("/") else { return word }
        let end = uri.utf8.firstIndex { "\"'<>)".utf8.contains($0) || $0 >= 0x80 } ?? uri.endIndex
        return Substring(String(word[..<start.lowerBound]) + String(uri[end...]))
    }
}
