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
        guard let first = bytes.prefix(8192).first(where: { $0 > 0x20 }), first == UInt8(ascii: "<") else { return nil }
        let head = beginning(bytes)
        guard head.contains("<html") || head.contains("<!doctype html") || head.contains("<head") || head.hasPrefix("<meta") else { return nil }
        var rest = head[...]
        while let tag = rest.firstRange(of: "<meta") {
            let inside = rest[tag.lowerBound...].prefix { $0 != ">" }
            rest = rest[inside.endIndex...]
            if let key = inside.firstRange(of: "charset") {
                let value = inside[key.upperBound...].drop { $0.isWhitespace || $0 == "=" || $0 == "\"" || $0 == "'" }
                let name = value.prefix { !$0.isWhitespace && !"\"';/>,".contains($0) }
                if !name.isEmpty { return String(name) }
            }
        }
        return nil
    }

    /// The first 8 KiB of a page, in ASCII's small letters, without comments, scripts and styles, which may be long and speak of tags.
    private static func beginning(_ bytes: [UInt8]) -> String {
        let bytes = bytes.prefix(1 << 20)
        var kept: [UInt8] = []
        var at = 0
        // Where no end of its kind follows, none is looked for again.
        var unended: Set<String> = []
        while at < bytes.count, kept.count < 8192 {
            if bytes[at] == UInt8(ascii: "<"), let (start, end) = asides.first(where: { !unended.contains($0.start) && stands($0.start, in: bytes, at: at) }) {
                if let place = (at + start.utf8.count..<bytes.count).first(where: { stands(end, in: bytes, at: $0) }) {
                    at = place + end.utf8.count
                    continue
                }
                unended.insert(start)
            }
            kept.append(lowercased(bytes[at]))
            at += 1
        }
        return String(decoding: kept, as: UTF8.self)
    }

    private static let asides = [(start: "<!--", end: "-->"), (start: "<script", end: "</script"), (start: "<style", end: "</style")]

    /// Whether a text in small letters stands at a place, in whatever letters.
    private static func stands(_ text: String, in bytes: ArraySlice<UInt8>, at place: Int) -> Bool {
        var at = place
        for byte in text.utf8 {
            guard at < bytes.endIndex, lowercased(bytes[at]) == byte else { return false }
            at += 1
        }
        return true
    }

    /// What is no ASCII is a dot.
    private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte < 0x80 ? byte : 0x2E }
}
