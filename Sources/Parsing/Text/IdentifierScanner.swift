/// Finds part, drawing and task numbers in running text.
///
/// A number is a run of ASCII letters and digits, joined inside by `-`, `_` or `.`, with both letters and digits and at least
/// four characters: `AB-1234`, `M8x25`. Behind a label such as `P/N` or `図番`, digits alone will do. Quantities (`25mm`) and
/// names of pictures are not numbers, nor are those of entities, `&chap01;`. Behind a label full-width letters and digits count as their ASCII: `品番　ＡＢ－１２`.
enum IdentifierScanner {
    static func scan(_ text: String) -> [String] {
        // No digit, no number: most texts are done here.
        guard text.utf8.contains(where: isDigit) || hasWideDigit(text) else { return [] }
        var text = text
        return text.withUTF8(scan)
    }

    private static func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> [String] {
        var found: [String] = []
        var at = 0
        while at < bytes.count {
            guard isAlphanumeric(bytes[at]) else {
                if let (word, end) = wideNumber(bytes, at) {
                    if word.utf8.count >= 4, word.utf8.count <= 64, word.utf8.contains(where: isDigit), isLabelled(bytes[..<at]) { found.append(word) }
                    at = end
                } else {
                    at += 1
                }
                continue
            }
            let start = at
            while at < bytes.count, isAlphanumeric(bytes[at]) || isJoiner(bytes, at) { at += 1 }
            let token = bytes[start..<at]
            guard token.count >= 4, token.count <= 64, token.contains(where: isDigit), !isEntity(bytes, token) else { continue }
            let word = String(decoding: token, as: UTF8.self)
            if token.contains(where: isLetter) {
                if !isQuantity(token), !FileExtension.isPicture(word) { found.append(word) }
            } else if isLabelled(bytes[..<start]) {
                found.append(word)
            }
        }
        return found
    }

    // MARK: Full-width

    private static func hasWideDigit(_ text: String) -> Bool { text.unicodeScalars.contains { ("０"..."９").contains($0) } }

    /// A run of full-width letters and digits, in ASCII, and where it ends. Ends of joiners are no part of it.
    private static func wideNumber(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> (word: String, end: Int)? {
        var word: [UInt8] = []
        var at = start
        while at < bytes.count {
            let byte = narrow(bytes, at)
            let wide = byte != nil
            guard let byte = byte ?? (isAlphanumeric(bytes[at]) || isJoiner(bytes, at) ? bytes[at] : nil) else { break }
            let joins = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
            guard isAlphanumeric(byte) || joins && !word.isEmpty else { break }
            word.append(byte)
            at += wide ? 3 : 1
        }
        while let last = word.last, !isAlphanumeric(last) { word.removeLast() }
        return word.isEmpty ? nil : (String(decoding: word, as: UTF8.self), at)
    }

    /// The ASCII of a full-width letter, digit or joiner.
    private static func narrow(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt8? {
        guard at + 2 < bytes.count else { return nil }
        // The minus sign, which Japanese keyboards give for the hyphen.
        if bytes[at] == 0xE2, bytes[at + 1] == 0x88, bytes[at + 2] == 0x92 { return UInt8(ascii: "-") }
        guard bytes[at] == 0xEF else { return nil }
        let scalar = 0xF000 | Int(bytes[at + 1] & 0x3F) << 6 | Int(bytes[at + 2] & 0x3F)
        switch scalar {
        case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xFF0D, 0xFF3F, 0xFF0E: return UInt8(scalar - 0xFEE0)
        default: return nil
        }
    }

    private static func isJoiner(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        guard bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "_") || bytes[at] == UInt8(ascii: ".") else { return false }
        return at + 1 < bytes.count && isAlphanumeric(bytes[at + 1])
    }

    /// Digits and then a short unit: `25mm`, `1.5kg`, `100rpm`.
    private static func isQuantity(_ token: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let unit = token.drop { isDigit($0) || $0 == UInt8(ascii: ".") }
        return unit.startIndex > token.startIndex && unit.count <= 4 && unit.allSatisfy(isLetter)
            && unit.contains { $0 >= UInt8(ascii: "a") }
    }

    private static func isEntity(_ bytes: UnsafeBufferPointer<UInt8>, _ token: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        token.startIndex > 0 && bytes[token.startIndex - 1] == UInt8(ascii: "&")
            && token.endIndex < bytes.count && bytes[token.endIndex] == UInt8(ascii: ";")
    }

    private static func isLabelled(_ before: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        // 24 bytes hold the longest label and what stands between it and its number.
        let words = String(decoding: before.suffix(24), as: UTF8.self).uppercased()
        let label = words.trimmingEnd { !$0.isLetter && $0 != "№" }
        return labels.contains { label.hasSuffix($0) && words.count - label.count <= 3 }
    }

    private static let labels = [
        "P/N", "PN", "PART NO", "PART NUMBER", "DWG", "DWG NO", "DRAWING NO", "図番", "図面番号", "品番", "部品番号", "型番", "型式", "№",
    ]

    private static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
