import CICU

/// Unicode Normalization Form KC with case folding (UAX 15, UAX 31 section 5.2): full-width and half-width forms,
/// ligatures and capitals become one; soft hyphens and other invisible characters go.
enum NormalForm {
    /// Texts are cut here: ICU counts UTF-16 code units in 32 bits, and folding may lengthen 18 times.
    static let longest = 1 << 24

    static func folded(_ text: String) -> [UInt16] {
        var text = text
        return text.withUTF8(foldedASCII) ?? foldedByICU(text)
    }

    /// ASCII needs small letters and no more; `nil` for a text with anything else.
    private static func foldedASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt16]? {
        guard bytes.count <= longest, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        return bytes.map { UInt16((0x41...0x5A).contains($0) ? $0 | 0x20 : $0) }
    }

    static func foldedByICU(_ text: String) -> [UInt16] {
        let source = Array(text.utf16.prefix(longest))
        var target = [UInt16](repeating: 0, count: source.count + source.count / 4 + 16)
        var length = shogo_icu_fold(source, Int32(source.count), &target, Int32(target.count))
        if length > target.count {
            target = [UInt16](repeating: 0, count: Int(length))
            length = shogo_icu_fold(source, Int32(source.count), &target, length)
        }
        precondition(length >= 0, "ICU cannot normalise a text: the installation is broken")
        return Array(target.prefix(Int(length)))
    }

    /// The folded text as a string.
    static func foldedString(_ text: String) -> String {
        String(decoding: folded(text), as: UTF16.self)
    }
}
