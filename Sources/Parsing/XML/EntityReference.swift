/// References to entities that stay as they are written, because what they mean is not known or stands in another file: `&chapter2;`.
enum EntityReference {
    /// Whether a text holds nothing but such references and white space.
    static func isAll(of text: String) -> Bool { words(of: text).isEmpty }

    /// The text without references at its beginning.
    static func words(of text: String) -> Substring {
        var rest = text.drop { $0.isWhitespace }
        while rest.first == "&", let end = rest.utf8.prefix(256).firstIndex(of: UInt8(ascii: ";")) {
            let name = rest[..<end].dropFirst()
            guard !name.isEmpty, !name.contains(where: { $0 == "&" || $0.isWhitespace }) else { break }
            rest = rest[end...].dropFirst().drop { $0.isWhitespace }
        }
        return rest
    }
}
