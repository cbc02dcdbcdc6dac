import Documents

/// The encoding that an HTML page says it is in.
enum HTMLEncoding {
    /// The text in the encoding that a `<meta>` names; `nil` where there is none, where it is unknown, or where the bytes mean nothing in it.
    static func decode(_ bytes: [UInt8]) -> DecodedText? {
        guard let name = declared(in: bytes) else { return nil }
        // The page was read byte by byte up to here, so UTF-16 can only be a left-over of a conversion.
        let isLeftOver = name.uppercased().hasPrefix("UTF-16")
        guard let encoding = isLeftOver ? "UTF-8" : EncodingName.converter(for: name) else { return nil }
        if let text = DeclaredEncoding.utf8(bytes[...], insteadOf: encoding) { return text }
        // Browsers read Latin-1 as Windows' superset, and so people write it.
        let isLatin = encoding == "ISO-8859-1" || ["ASCII", "US-ASCII"].contains(name.uppercased())
        if isLatin, bytes.contains(where: { (0x80...0x9F).contains($0) }), let text = try? StrictDecoding.named("windows-1252", bytes[...]) {
            return DecodedText(text: text, encoding: "windows-1252")
        }
        guard let text = try? StrictDecoding.decode(bytes[...], as: encoding) else { return nil }
        return DecodedText(text: text, encoding: encoding)
    }

    /// The name in `<meta charset="...">` or in `<meta http-equiv="Content-Type" content="...; charset=...">`.
    static func declared(in bytes: [UInt8]) -> String? {
        let start = bytes.prefix(8192)
        guard let first = start.first(where: { $0 > 0x20 }), first == UInt8(ascii: "<") else { return nil }
        let head = String(decoding: start.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 < 0x80 ? $0 : 0x2E }, as: UTF8.self)
        guard head.contains("<html") || head.contains("<!doctype html") || head.contains("<head") || head.hasPrefix("<meta") else { return nil }
        var rest = head[...]
        while let tag = rest.firstRange(of: "<meta") {
            let open = rest[tag.lowerBound...]
            // A page speaks of meta tags in comments, too: these are no tags.
            if let comment = rest.firstRange(of: "<!--"), comment.lowerBound < tag.lowerBound,
                let end = rest[comment.upperBound...].firstRange(of: "-->"), end.lowerBound > tag.lowerBound {
                rest = rest[end.upperBound...]
                continue
            }
            let inside = open.prefix { $0 != ">" }
            rest = rest[inside.endIndex...]
            if let key = inside.firstRange(of: "charset") {
                let value = inside[key.upperBound...].drop { $0.isWhitespace || $0 == "=" || $0 == "\"" || $0 == "'" }
                let name = value.prefix { !$0.isWhitespace && !"\"';/>,".contains($0) }
                if !name.isEmpty { return String(name) }
            }
        }
        return nil
    }
}
