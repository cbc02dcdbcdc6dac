import Documents

/// Decodes by what a text says about itself, and finds out when it says so wrongly.
enum DeclaredEncoding {
    /// The text as UTF-8 where its bytes are that, whatever is declared: no other encoding makes UTF-8 of several characters by accident.
    /// `nil` where they are not, and where they are ASCII alone.
    static func utf8(_ bytes: ArraySlice<UInt8>, insteadOf encoding: String) -> DecodedText? {
        guard encoding != "UTF-8", bytes.contains(where: { $0 >= 0x80 }), let text = String(validating: bytes, as: UTF8.self) else { return nil }
        // Two bytes of a Chinese or Japanese character may look like a Latin or Cyrillic letter, but not those of several.
        if text.unicodeScalars.count(where: { !$0.isASCII }) < 4, let other = try? StrictDecoding.named(encoding, bytes),
            isMultibyte(other, bytes), Plausibility.score(other) > Plausibility.score(text) {
            return nil
        }
        return DecodedText(text: text, encoding: "UTF-8")
    }

    private static func isMultibyte(_ text: String, _ bytes: ArraySlice<UInt8>) -> Bool { text.unicodeScalars.count < bytes.count }
}
