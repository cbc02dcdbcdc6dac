/// First bytes of formats that Shogo knows by name but does not read.
enum Signature {
    /// The name of the format, with its article; `nil` for none of these.
    static func name(of bytes: ContentBytes) -> String? {
        if let found = known.first(where: { bytes.starts(with: $0.start.utf8) }) { return found.name }
        if let found = letters.first(where: { bytes.starts(with: $0.start.utf8) && holdsControl(bytes.dropFirst($0.start.utf8.count).prefix(32)) }) { return found.name }
        if let found = knownBytes.first(where: { bytes.starts(with: $0.start) }) { return found.name }
        if bytes.count >= 12 {
            let brand = String(decoding: bytes[8..<12], as: UTF8.self)
            if bytes.starts(with: "RIFF".utf8), holdsControl(bytes[4..<8]) { return riff[brand] ?? "a RIFF file" }
            if bytes[4..<8].elementsEqual("ftyp".utf8) { return brand == "crx " ? "a camera's raw picture (Canon CR3)" : isStill(brand) ? "a HEIF or AVIF picture" : "an MP4 or QuickTime video" }
        }
        // Two letters alone may begin a text; the reserved zeros behind the size do not.
        if bytes.count >= 14, bytes.starts(with: "BM".utf8), bytes[6..<10].allSatisfy({ $0 == 0 }) { return "a BMP picture" }
        if isBinaryPixmap(bytes) { return "a PBM, PGM or PPM picture" }
        // The first element of a binary CGM is BEGIN METAFILE: class 0, number 1, then its name. (UTF-16 has a zero there.)
        if bytes.count >= 4, bytes[0] == 0, bytes[1] & 0xE0 == 0x20, bytes[2] != 0 { return "a CGM drawing" }
        // A name of more than 29 bytes: 31 in the length, then the true length of the element, then that of the name in it.
        if bytes.count >= 5, bytes[0] == 0, bytes[1] == 0x3F, bytes[2] == 0, bytes[4] > 29, bytes[3] == bytes[4] &+ 1 { return "a CGM drawing" }
        return nil
    }

    /// Whether something stands here that no text holds.
    private static func holdsControl(_ bytes: Slice<ContentBytes>) -> Bool {
        bytes.contains { $0 < 0x20 && !(0x09...0x0D).contains($0) && $0 != 0x1B }
    }

    /// `P4` to `P6`, then white space or a comment, width and height.
    private static func isBinaryPixmap(_ bytes: ContentBytes) -> Bool {
        guard bytes.count >= 8, bytes[0] == UInt8(ascii: "P"), (UInt8(ascii: "4")...UInt8(ascii: "6")).contains(bytes[1]) else { return false }
        let head = String(decoding: bytes.prefix(512), as: UTF8.self).dropFirst(2)
        guard head.first == "\n" || head.first == "\r\n" else { return false }
        guard let size = head.split(whereSeparator: \.isNewline).first(where: { !$0.hasPrefix("#") }) else { return false }
        let sides = size.split(separator: " ")
        return (1...3).contains(sides.count) && sides.allSatisfy { $0.allSatisfy(\.isWholeNumber) }
    }

    private static func isStill(_ brand: String) -> Bool {
        ["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "heif", "mif1", "msf1", "mif2", "avif", "avis"].contains(brand)
    }

    private static let riff = ["WEBP": "a WebP picture", "AVI ": "an AVI video", "WAVE": "a WAVE sound"]

    private static let known: [(start: String, name: String)] = [
        ("GIF87a", "a GIF picture"), ("GIF89a", "a GIF picture"), ("%PDF-", "a PDF document"),
        ("PK\u{3}\u{4}", "a ZIP archive or Office document"), ("PK\u{5}\u{6}", "an empty ZIP archive"),
        ("{\\rtf", "an RTF document"), ("%!PS", "a PostScript file"), ("BEGMF", "a CGM drawing"),
        ("SQLite format 3", "an SQLite database"), ("\u{7F}ELF", "a program"), ("#!", "a script"),
        ("AutoCAD Binary DXF", "an AutoCAD DXF drawing"),
        ("FUJIFILMCCD-RAW", "a camera's raw picture (Fujifilm RAF)"),
        ("IIU\0", "a camera's raw picture (Panasonic RW2)"),
        ("\0MRM", "a camera's raw picture (Minolta MRW)"), ("II\u{1A}\0\0\0HEAPCCDR", "a camera's raw picture (Canon CRW)"),
    ]

    /// Letters alone, which a text may begin with: some control follows soon.
    private static let letters: [(start: String, name: String)] = [
        ("Rar!", "a RAR archive"), ("OggS", "an Ogg stream"), ("fLaC", "a FLAC sound"), ("AT&TFORM", "a DjVu document"), ("8BPS", "a Photoshop picture"),
        ("AC1015", "an AutoCAD drawing"), ("AC1032", "an AutoCAD drawing"), ("FOVb", "a camera's raw picture (Sigma X3F)"),
        ("IIRO", "a camera's raw picture (Olympus ORF)"), ("IIRS", "a camera's raw picture (Olympus ORF)"),
        ("MMOR", "a camera's raw picture (Olympus ORF)"),
    ]

    private static let knownBytes: [(start: [UInt8], name: String)] = [
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Office document"),
        ([0x49, 0x44, 0x33, 3], "an MP3 sound"), ([0x49, 0x44, 0x33, 4], "an MP3 sound"),
        ([0x1F, 0x8B], "a gzip archive"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz archive"), ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard archive"),
        ([0x37, 0x7A, 0xBC, 0xAF], "a 7-Zip archive"), ([0x1A, 0x45, 0xDF, 0xA3], "a Matroska or WebM video"),
        ([0, 0, 1, 0xBA], "an MPEG video"), ([0, 0, 1, 0xB3], "an MPEG video"), ([0, 0, 1, 0], "an icon"),
        ([0, 0, 0, 0x0C, 0x6A, 0x50], "a JPEG 2000 picture"), ([0xFF, 0x4F, 0xFF, 0x51], "a JPEG 2000 picture"),
        ([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], "a NumPy array"), ([0xD7, 0xCD, 0xC6, 0x9A], "a Windows metafile"),
    ]
}
