/// Finds names of picture files in running text: `photo_12.jpg`, `図面/pump.tif`.
enum PictureNameScanner {
    static func scan(_ text: String) -> [String] {
        // Most texts are done here.
        var text = text
        guard text.withUTF8(mayName) else { return [] }
        let scalars = Array(text.unicodeScalars)
        var found: [String] = []
        var floor = 0
        for dot in scalars.indices where scalars[dot] == "." {
            var end = dot + 1
            while end < scalars.count, end - dot <= 5, isASCIIAlphanumeric(scalars[end]) { end += 1 }
            let ending = String(String.UnicodeScalarView(scalars[(dot + 1)..<end])).lowercased()
            guard FileExtension.pictures.contains(ending) else { continue }
            var start = dot
            while start > floor, belongs(scalars[start - 1], before: scalars[start]) { start -= 1 }
            guard start < dot else { continue }
            found.append(String(String.UnicodeScalarView(scalars[start..<end])))
            floor = end
        }
        return found
    }

    /// Whether a text may hold a name: quick, and sure when it says no.
    static func mayName(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var at = 0
        while at + 3 < bytes.count {
            if bytes[at] == UInt8(ascii: "."), starts.contains(UInt16(bytes[at + 1] | 0x20) << 8 | UInt16(bytes[at + 2] | 0x20)) { return true }
            at += 1
        }
        return false
    }

    /// The first two letters of extensions of pictures.
    private static let starts = Set(FileExtension.pictures.map { name in
        let letters = Array(name.utf8.prefix(2))
        return UInt16(letters[0] | 0x20) << 8 | UInt16(letters[1] | 0x20)
    })

    /// Whether a name goes on to the left. Japanese has no spaces: hiragana in front of ASCII is a particle, not a name.
    private static func belongs(_ scalar: Unicode.Scalar, before next: Unicode.Scalar) -> Bool {
        if scalar == ":" { return next == "/" || next == "\\" }
        if scalar.isASCII { return isASCIIAlphanumeric(scalar) || "_-./\\~%+#@&".unicodeScalars.contains(scalar) }
        if (0x3041...0x309F).contains(scalar.value), next.isASCII, next != ".", next != "_" { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .otherNumber,
            .letterNumber, .nonspacingMark, .spacingMark:
            return true
        default: return false
        }
    }

    private static func isASCIIAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
    }
}
