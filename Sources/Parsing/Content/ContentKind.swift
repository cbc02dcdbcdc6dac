import Documents

/// What a content is, by its first bytes.
enum ContentKind {
    case tiff, jpeg, png, text

    static func find(_ bytes: ContentBytes) throws(ParsingFailure) -> ContentKind {
        guard !bytes.isEmpty else { throw ParsingFailure(.emptyFile, "the file has 0 bytes") }
        if bytes.starts(with: [0x49, 0x49, 0x2A, 0]) || bytes.starts(with: [0x4D, 0x4D, 0, 0x2A]) { return .tiff }
        if bytes.starts(with: [0x49, 0x49, 0x2B, 0]) || bytes.starts(with: [0x4D, 0x4D, 0, 0x2B]) { return .tiff }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return .png }
        if let other = Signature.name(of: bytes) { throw ParsingFailure(.unsupportedFormat, "the file is \(other)") }
        return .text
    }
}
