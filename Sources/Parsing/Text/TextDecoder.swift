import Documents

/// Finds the encoding of a text without a declaration, and decodes it strictly.
enum TextDecoder {
    /// Below this confidence a text is reported instead of read: docs/decisions/0007-encodings-are-scored.md has the measurement.
    static let leastConfidence = 0.4

    /// `encoding`: what somebody named; only a byte order mark beats it.
    static func decode(_ bytes: [UInt8], encoding: String? = nil) throws(ParsingFailure) -> DecodedText {
        var evidence: EncodingEvidence?
        return try decode(bytes, encoding: encoding, hint: nil, &evidence)
    }

    /// `hint` is tried first where nothing but the likelihood of the bytes decides; then `evidence` is set, also where the text fails.
    static func decode(
        _ bytes: [UInt8], encoding: String?, hint: EncodingHint?, _ evidence: inout EncodingEvidence?
    ) throws(ParsingFailure) -> DecodedText {
        if let marked = try byteOrderMarked(bytes) { return marked }
        if let encoding, encoding.uppercased().hasPrefix("UTF-16") { return try named(encoding, bytes) }
        if bytes.contains(0) { return try withZeros(bytes, encoding: encoding) }
        if let control = bytes.firstIndex(where: isControl) {
            // A lone control-Z is how DOS ended a text.
            guard control == bytes.count - 1, bytes[control] == 0x1A else {
                throw ParsingFailure(.unsupportedFormat, "the file is binary data: byte \(control) is a control character")
            }
            return try decode(Array(bytes.dropLast()), encoding: encoding, hint: hint, &evidence)
        }
        if let encoding { return try named(encoding, bytes) }
        if hasEscapes(bytes), let text = attempt("ISO-2022-JP", bytes) { return text }
        do throws(ParsingFailure) {
            let text = try StrictDecoding.utf8(bytes[...])
            return Plausibility.isChance(text) ? doubtful(text, bytes, hint, &evidence) : DecodedText(text: text, encoding: "UTF-8")
        } catch {
            return try scored(bytes, hint, &evidence, otherwise: error)
        }
    }

    private static func named(_ name: String, _ bytes: [UInt8]) throws(ParsingFailure) -> DecodedText {
        guard let encoding = EncodingName.converter(for: name) else {
            throw ParsingFailure(.unknownEncoding, "the encoding that is set for this folder, \(name.shortened(to: 40)), is not known")
        }
        do throws(ParsingFailure) {
            return DecodedText(text: try StrictDecoding.decode(bytes[...], as: encoding), encoding: encoding)
        } catch {
            throw ParsingFailure(.unknownEncoding, "\(error.message), the encoding that is set for this folder (\(name))")
        }
    }

    /// Whether the text begins with a byte order mark.
    static func isMarked(_ bytes: [UInt8]) -> Bool {
        [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0, 0, 0xFE, 0xFF]].contains { bytes.starts(with: $0) }
    }

    /// The text behind a byte order mark; `nil` without one.
    static func byteOrderMarked(_ bytes: [UInt8]) throws(ParsingFailure) -> DecodedText? {
        // UTF-16 of this mark would begin with a zero character, which no text has.
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) {
            return DecodedText(text: try StrictDecoding.utf32(bytes.dropFirst(4), littleEndian: true), encoding: "UTF-32LE")
        }
        if bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
            return DecodedText(text: try StrictDecoding.utf32(bytes.dropFirst(4), littleEndian: false), encoding: "UTF-32BE")
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            return DecodedText(text: try StrictDecoding.utf8(bytes.dropFirst(3)), encoding: "UTF-8")
        }
        if bytes.starts(with: [0xFF, 0xFE]) {
            return DecodedText(text: try StrictDecoding.utf16(bytes.dropFirst(2), littleEndian: true), encoding: "UTF-16LE")
        }
        if bytes.starts(with: [0xFE, 0xFF]) {
            return DecodedText(text: try StrictDecoding.utf16(bytes.dropFirst(2), littleEndian: false), encoding: "UTF-16BE")
        }
        return nil
    }

    /// A text that is UTF-8 by chance, perhaps: two ideographs of GBK may be two letters of far countries. Only its folder can tell.
    private static func doubtful(_ text: String, _ bytes: [UInt8], _ hint: EncodingHint?, _ evidence: inout EncodingEvidence?) -> DecodedText {
        let own = DecodedText(text: text, encoding: "UTF-8", confidence: 0.7)
        evidence = EncodingDetector.score(bytes).evidence(own: EncodingGuess(encoding: own.encoding, confidence: own.confidence))
        return hinted(hint, bytes) ?? own
    }

    private static func hinted(_ hint: EncodingHint?, _ bytes: [UInt8]) -> DecodedText? {
        guard let hint, let candidate = EncodingCandidate.all.first(where: { $0.converter == hint.encoding }) else { return nil }
        guard let text = attempt(candidate.name(for: bytes), bytes) else { return nil }
        return DecodedText(text: text.text, encoding: text.encoding, confidence: hint.confidence)
    }

    private static func scored(
        _ bytes: [UInt8], _ hint: EncodingHint?, _ evidence: inout EncodingEvidence?, otherwise failure: ParsingFailure
    ) throws(ParsingFailure) -> DecodedText {
        // XML without a declared encoding is UTF-8, unless hardly anything of it is.
        guard !isDamagedUTF8(bytes, charactersPerFailure: XMLEncoding.isDeclared(bytes) ? 1 : 8) else { throw ParsingFailure(.unknownEncoding, "\(failure.message), although the rest is: the text is damaged") }
        let scores = EncodingDetector.score(bytes)
        let guesses = scores.ranked
        var own: (guess: EncodingGuess, text: DecodedText)?
        for guess in guesses where own == nil && guess.confidence >= leastConfidence && guess.damage == nil {
            own = attempt(guess.encoding, bytes).map { (guess, $0) }
        }
        evidence = scores.evidence(own: own?.guess)
        if let text = hinted(hint, bytes) { return text }
        if let own { return DecodedText(text: own.text.text, encoding: own.text.encoding, confidence: own.guess.confidence) }
        let best = guesses.prefix(3).map(\.description).joined(separator: ", ")
        let reason = best.isEmpty ? "no encoding fits the text" : "no encoding is sure enough: \(best); name the right one for this folder"
        throw ParsingFailure(.unknownEncoding, "\(failure.message), and \(reason)")
    }

    /// Whether nearly all is UTF-8: no other encoding gives eight characters of it for each failure. Such bytes would mean something
    /// in Japanese encodings too.
    private static func isDamagedUTF8(_ bytes: [UInt8], charactersPerFailure: Int) -> Bool {
        var (characters, failures) = (0, 0)
        for scalar in String(decoding: bytes.prefix(64 << 10), as: UTF8.self).unicodeScalars where !scalar.isASCII {
            if scalar == "\u{FFFD}" { failures += 1 } else { characters += 1 }
        }
        return characters >= charactersPerFailure * max(1, failures)
    }

    /// Zero bytes are UTF-16 or UTF-32, or strays in a text of bytes, or no text at all.
    private static func withZeros(_ bytes: [UInt8], encoding: String?) throws(ParsingFailure) -> DecodedText {
        let rest = bytes.filter { $0 != 0 }
        let zeros = bytes.count - rest.count
        // A text that is sound without them lost nothing by them. In UTF-16 of Latin letters every second byte is zero.
        if zeros * 8 <= bytes.count, rest.allSatisfy({ !isControl($0) }) {
            if let text = String(validating: rest, as: UTF8.self) { return DecodedText(text: text, encoding: "UTF-8", confidence: 0.9) }
            if let encoding { return try named(encoding, rest) }
        }
        if let text = utf32(bytes) { return text }
        if (zeros * 4 >= bytes.count || !isASCII(rest)), let text = bestUTF16(bytes), isUTF16(bytes, zeros) { return text }
        let offset = bytes.firstIndex(of: 0) ?? 0
        throw ParsingFailure(.unsupportedFormat, "the file is binary data: byte \(offset) is zero")
    }

    /// Whether nearly all bytes are characters of ASCII: pairs of them are Chinese in UTF-16, but nobody wrote that.
    private static func isASCII(_ bytes: [UInt8]) -> Bool {
        bytes.count { (0x20...0x7E).contains($0) || (0x09...0x0D).contains($0) } * 10 >= bytes.count * 9
    }

    /// Few zeros prove little: then UTF-16 must also fit the text better than any other encoding.
    private static func isUTF16(_ bytes: [UInt8], _ zeros: Int) -> Bool {
        zeros * 4 >= bytes.count || EncodingDetector.rank(bytes).first?.encoding.hasPrefix("UTF-16") ?? false
    }

    /// UTF-32 without a mark: its first byte, or its fourth, is zero throughout.
    private static func utf32(_ bytes: [UInt8]) -> DecodedText? {
        guard bytes.count.isMultiple(of: 4) else { return nil }
        for little in [true, false] {
            guard let text = try? StrictDecoding.utf32(bytes[...], littleEndian: little) else { continue }
            guard !text.utf8.contains(where: { isControl($0) || $0 == 0x1B }), Plausibility.score(text) >= 0.3 else { continue }
            return DecodedText(text: text, encoding: little ? "UTF-32LE" : "UTF-32BE", confidence: 0.95)
        }
        return nil
    }

    private static func bestUTF16(_ bytes: [UInt8]) -> DecodedText? {
        var best: (text: DecodedText, score: Double)?
        for little in [true, false] {
            guard let text = try? StrictDecoding.utf16(bytes[...], littleEndian: little) else { continue }
            guard !text.utf8.contains(where: { isControl($0) || $0 == 0x1B }) else { continue }
            let score = Plausibility.score(text)
            if score >= 0.3, score > best?.score ?? 0 {
                // Zero bytes in their places say nearly as much as a mark.
                best = (DecodedText(text: text, encoding: little ? "UTF-16LE" : "UTF-16BE", confidence: 0.95), score)
            }
        }
        return best?.text
    }

    private static func attempt(_ encoding: String, _ bytes: [UInt8]) -> DecodedText? {
        guard let text = try? StrictDecoding.named(encoding, bytes[...]) else { return nil }
        return DecodedText(text: text, encoding: encoding)
    }

    /// Whether the bytes are 7-bit and switch character sets the way ISO-2022-JP does: ESC `$` or ESC `(`.
    private static func hasEscapes(_ bytes: [UInt8]) -> Bool {
        guard let escape = bytes.firstIndex(of: 0x1B), escape + 1 < bytes.count else { return false }
        return (bytes[escape + 1] == UInt8(ascii: "$") || bytes[escape + 1] == UInt8(ascii: "(")) && !bytes.contains { $0 >= 0x80 }
    }

    /// Control characters that no text holds; tab, line ends, form feed and escape may stand in one.
    private static func isControl(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09...0x0D, 0x1B: false
        case 0..<0x20, 0x7F: true
        default: false
        }
    }
}
