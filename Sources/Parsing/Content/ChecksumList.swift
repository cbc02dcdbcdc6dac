/// Lists of checksums, as `sha256sum`, `md5`, BagIt and `cksfv` write them: a digest and a file name on each line, in either order.
enum ChecksumList {
    static func name(of head: TextFormat.Head) -> String? {
        let lines = head.filled.filter { !$0.hasPrefix("#") && !$0.hasPrefix(";") && !$0.hasPrefix("-----") && !$0.hasPrefix("Hash: ") }
        let listed = lines.count(where: isEntry)
        // A few lines of another kind (a heading, a signature) make no sheet of many digests; a sheet with one digest stays one.
        let isList = listed > 0 && listed == lines.count || listed >= 4 && listed * 10 >= lines.count * 8
        if isList || isShort(head) { return "a list of checksums" }
        return nil
    }

    private static func isEntry(_ line: Substring) -> Bool {
        let words = line.split { $0.isWhitespace }
        guard let first = words.first, let last = words.last else { return false }
        // `SHA256 (name) = digest`, `name: digest`.
        if isDigest(last) { return words.count == 1 || words.dropLast().last.map { $0 == "=" || $0.hasSuffix(":") || $0.hasSuffix("=") || words.count == 2 } ?? false }
        // `\` stands before a digest whose file name is escaped.
        return isDigest(first.hasPrefix("\\") ? first.dropFirst() : first)
    }

    /// MD5, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512 in hexadecimal; mere numbers of that length are none.
    private static func isDigest(_ word: Substring) -> Bool {
        let length = word.utf8.count
        guard length >= 32, [32, 40, 48, 56, 64, 96, 128].contains(length), word.utf8.allSatisfy(isHexadecimal) else { return false }
        return word.utf8.contains { $0 >= UInt8(ascii: "A") } && word.utf8.contains { $0 <= UInt8(ascii: "9") }
    }

    /// Names with sums of 8 digits below comments that begin with a semicolon (SFV).
    private static func isShort(_ head: TextFormat.Head) -> Bool {
        guard head.lines.first?.first == ";" else { return false }
        let lines = head.filled.filter { !$0.hasPrefix(";") }
        // Dates and numbers of parts have 8 digits, too.
        guard lines.contains(where: { $0.suffix(8).utf8.contains { $0 >= UInt8(ascii: "A") } }), lines.contains(where: { $0.contains(".") }) else { return false }
        return !lines.isEmpty && lines.allSatisfy { line in
            let words = line.split { $0.isWhitespace }
            return words.count >= 2 && words.last.map { $0.utf8.count == 8 && $0.utf8.allSatisfy(isHexadecimal) } ?? false
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}
