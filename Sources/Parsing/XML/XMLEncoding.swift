import Documents

/// The encoding declaration of an XML file.
enum XMLEncoding {
    /// The name in `<?xml ... encoding="..."?>`; `nil` without one, or where a byte order mark or UTF-16 decides.
    static func declared(in bytes: [UInt8]) -> String? {
        let start = Marks.length(before: bytes)
        guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]), isDeclared(bytes), let end = bytes.prefix(512).firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let declaration = String(decoding: bytes[start..<end], as: UTF8.self)
        guard let key = declaration.firstRange(of: "encoding") else { return nil }
        let value = declaration[key.upperBound...].drop { $0.isWhitespace || $0 == "=" }
        guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
        let name = value.dropFirst().prefix { $0 != quote }
        return name.isEmpty ? nil : String(name)
    }

    /// Whether an XML declaration begins the text, marks and white space aside.
    static func isDeclared(_ bytes: [UInt8]) -> Bool { bytes.dropFirst(Marks.length(before: bytes)).starts(with: "<?xml".utf8) }

    static func decode(_ bytes: [UInt8], declared name: String) throws(ParsingFailure) -> DecodedText {
        let upper = name.uppercased()
        // The declaration itself was read byte by byte, so UTF-16 can only be a left-over of a conversion.
        let isLeftOver = upper.hasPrefix("UTF-16") || upper.hasPrefix("ISO-10646")
        guard let encoding = isLeftOver ? "UTF-8" : EncodingName.converter(for: name) else {
            throw ParsingFailure(.unknownEncoding, "the XML declaration names the encoding \(name.shortened(to: 40)), which is not known")
        }
        if let text = DeclaredEncoding.utf8(bytes[...], insteadOf: encoding) { return text }
        return DecodedText(text: try StrictDecoding.decode(bytes[...], as: encoding), encoding: encoding)
    }
}
