import CICU

/// Unicode Normalization Form KC with case folding (UAX 15, UAX 31 section 5.2): full-width and half-width forms,
/// ligatures and capitals become one; soft hyphens and other invisible characters go.
enum NormalForm {
    /// Texts are cut here: ICU counts UTF-16 code units in 32 bits, and folding may lengthen 18 times.
    static let longest = 1 << 24

    static func folded(_ text: String) -> [UInt16] {
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
