import Documents

/// The encoding declaration of an XML file.
enum XMLEncoding {
    /// The name in `<?xml ... encoding="..."?>`; `nil` without one, or where a byte order mark or UTF-16 decides.
    static func declared(in bytes: [UInt8]) -> String? {
        guard bytes.starts(with: "<?xml".utf8), let end = bytes.prefix(512).firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let declaration = String(decoding: bytes[..<end], as: UTF8.self)
        guard let key = declaration.firstRange(of: "encoding") else { return nil }
        let value = declaration[key.upperBound...].drop { $0.isWhitespace || $0 == "=" }
        guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
        let name = value.dropFirst().prefix { $0 != quote }
        return name.isEmpty ? nil : String(name)
    }

    static func decode(_ bytes: [UInt8], declared name: String) throws(ParsingFailure) -> DecodedText {
        let upper = name.uppercased()
        // The declaration itself was read byte by byte, so UTF-16 can only be a left-over of a conversion.
        if ["UTF-8", "UTF8", "US-ASCII", "ASCII"].contains(upper) || upper.hasPrefix("UTF-16") || upper.hasPrefix("ISO-10646") {
            return DecodedText(text: try StrictDecoding.utf8(bytes[...]), encoding: "UTF-8")
        }
        let encoding = canonical[upper] ?? (upper.hasPrefix("WINDOWS") ? name.lowercased() : upper)
        // ICU also takes options and names of files; a declaration may give neither.
        let isName = name.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
        guard isName, StrictDecoding.knows(encoding) else {
            throw ParsingFailure(.unknownEncoding, "the XML declaration names the encoding \(name.shortened(to: 40)), which is not known")
        }
        return DecodedText(text: try StrictDecoding.named(encoding, bytes[...]), encoding: encoding)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }

    /// What files call CP932, and the names that the catalog uses.
    private static let canonical = [
        "SHIFT_JIS": "windows-31j", "SHIFT-JIS": "windows-31j", "SJIS": "windows-31j", "X-SJIS": "windows-31j", "CP932": "windows-31j",
        "MS932": "windows-31j", "WINDOWS-31J": "windows-31j", "MS_KANJI": "windows-31j", "EUC-JP": "EUC-JP", "X-EUC-JP": "EUC-JP",
        "ISO-2022-JP": "ISO-2022-JP",
    ]
}
