extension Unicode.Scalar {
    /// Whether it belongs to a writing that puts no spaces between words: Han characters, kana, bopomofo, and the marks of such texts.
    ///
    /// Full-width letters and digits make words, as those of ASCII do, and Korean has spaces. Bytes that spell such a character begin with
    /// 0xE2 or more.
    public var isWrittenWithoutSpaces: Bool {
        switch value {
        case 0x2E80...0x312F, 0x31A0...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0x1B000...0x1B16F, 0x20000...0x3FFFF: true
        case 0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF9F: true
        default: false
        }
    }
}
