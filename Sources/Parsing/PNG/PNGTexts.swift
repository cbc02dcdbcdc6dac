import CPNG

/// What the text chunks of a PNG file, and an EXIF block behind its pixels, say of its picture, without trusting any length in them.
///
/// ImageMagick, GIMP and ExifTool keep EXIF as hexadecimal text (`Raw profile type exif`), editors XMP as `XML:com.adobe.xmp`.
/// ExifTool writes both behind the pixels.
enum PNGTexts {
    /// Text is small; what is inflated must not fill the memory.
    private static let mostBytes = 1 << 20
    /// Pixels stand in chunks of some thousand bytes each.
    private static let (mostChunks, mostTexts) = (200_000, 16)

    /// The orientation, 1 to 8: the first valid one of EXIF blocks, else of EXIF in texts, else of XMP; `nil` without any.
    static func orientation(of bytes: ContentBytes) -> Int? {
        var inText: Int?
        var inXMP: Int?
        for (keyword, text) in texts(of: bytes) {
            if keyword.isEmpty {
                if let found = text.withUnsafeBufferPointer({ ExifBlock($0)?.orientation }) { return found }
            } else if inText == nil, keyword.hasPrefix("Raw profile type ") {
                let profile = profile(text)
                // The marks of JPEG segments, which some keep.
                let block = profile.starts(with: "Exif\0\0".utf8) ? Array(profile.dropFirst(6)) : profile
                inText = block.withUnsafeBufferPointer { ExifBlock($0)?.orientation }
                if inXMP == nil { inXMP = XMPOrientation.read(profile) }
            } else if keyword == "XML:com.adobe.xmp", inXMP == nil {
                inXMP = XMPOrientation.read(text)
            }
        }
        return inText ?? inXMP
    }

    /// Keyword and text of each text chunk that may hold a profile; EXIF blocks without a keyword.
    private static func texts(of bytes: ContentBytes) -> [(keyword: String, text: [UInt8])] {
        var found: [(String, [UInt8])] = []
        var at = 8
        for _ in 0..<mostChunks where at + 12 <= bytes.count && found.count < mostTexts {
            let length = bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) }
            guard length <= bytes.count - at - 12 else { break }
            let kind = String(decoding: bytes[(at + 4)..<(at + 8)], as: UTF8.self)
            let body = ContentBytes(rebasing: bytes[(at + 8)..<(at + 8 + length)])
            at += length + 12
            if kind == "eXIf" { found.append(("", Array(body.prefix(mostBytes)))) }
            guard ["tEXt", "zTXt", "iTXt"].contains(kind), let end = body.prefix(80).firstIndex(of: 0) else { continue }
            let keyword = String(decoding: body[..<end], as: UTF8.self)
            guard keyword.hasPrefix("Raw profile type ") || keyword == "XML:com.adobe.xmp" else { continue }
            if let text = text(kind, ContentBytes(rebasing: body[(end + 1)...])) { found.append((keyword, text)) }
        }
        return found
    }

    /// The text behind the keyword of a chunk.
    private static func text(_ kind: String, _ rest: ContentBytes) -> [UInt8]? {
        switch kind {
        case "tEXt": return Array(rest.prefix(mostBytes))
        case "zTXt": return inflated(rest.dropFirst())
        default:
            // Whether it is compressed, how, a language and a translated keyword.
            guard rest.count > 2, let language = rest[2...].firstIndex(of: 0), let keyword = rest[(language + 1)...].firstIndex(of: 0) else { return nil }
            let text = rest[(keyword + 1)...]
            return rest[0] == 1 ? inflated(text) : Array(text.prefix(mostBytes))
        }
    }

    private static func inflated(_ bytes: Slice<ContentBytes>) -> [UInt8] {
        let packed = ContentBytes(rebasing: bytes)
        return Array(unsafeUninitializedCapacity: mostBytes) { out, count in
            count = shogo_png_inflate(packed.baseAddress, packed.count, out.baseAddress, mostBytes)
        }
    }

    /// The bytes of a raw profile: a line with its name, one with its length, then hexadecimal digits.
    private static func profile(_ text: [UInt8]) -> [UInt8] {
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
        let digits = lines.dropFirst(2).joined().compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
