import Documents
import Foundation

/// A path as it is compared at last: what systems make of one name when they convert it.
///
/// Windows and Macs turn some characters of Shift JIS into different ones of Unicode (the wave dash into a full-width tilde); half-width
/// kana, full-width letters and their like stand for each other (Unicode normal form KC); names on old disks are bytes of Shift JIS.
enum LooseName {
    /// `key` as `RawPath.key` gives it.
    static func of(_ key: String) -> String {
        if key.utf8.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "\\") }) { return key.lowercased() }
        let text = key.split(separator: "/", omittingEmptySubsequences: false).map { shiftJIS($0) ?? String($0) }.joined(separator: "/")
        let folded = String(String.UnicodeScalarView(text.unicodeScalars.map { twins[$0] ?? $0 }))
        return folded.precomposedStringWithCompatibilityMapping.lowercased()
    }

    /// Microsoft's characters for those of the standard.
    private static let twins: [Unicode.Scalar: Unicode.Scalar] = [
        "\u{301C}": "\u{FF5E}", "\u{2016}": "\u{2225}", "\u{2212}": "\u{FF0D}", "\u{00A2}": "\u{FFE0}", "\u{00A3}": "\u{FFE1}",
        "\u{00AC}": "\u{FFE2}", "\u{2014}": "\u{2015}", "\u{00A6}": "\u{FFE4}",
    ]

    /// The characters of a name in bytes that are no UTF-8, written `\xNN` or, in references, `%NN`; `nil` where it has none, or they are
    /// no Shift JIS.
    private static func shiftJIS(_ key: Substring) -> String? {
        guard key.contains("\\x") || key.contains("%") else { return nil }
        var bytes: [UInt8] = []
        var isEscaped = false
        var rest = Array(key.utf8)[...]
        while let byte = rest.first {
            let mark = rest.starts(with: "\\x".utf8) ? 2 : byte == UInt8(ascii: "%") ? 1 : 0
            if mark > 0, let value = hexadecimal(rest.dropFirst(mark).prefix(2)) {
                bytes.append(value)
                isEscaped = isEscaped || value >= 0x80
                rest = rest.dropFirst(mark + 2)
            } else {
                let plain = rest.starts(with: "\\\\".utf8) ? 2 : 1
                bytes.append(byte)
                rest = rest.dropFirst(plain)
            }
        }
        return isEscaped ? String(bytes: bytes, encoding: .shiftJIS) : nil
    }

    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt8? {
        digits.count == 2 ? UInt8(String(decoding: digits, as: UTF8.self), radix: 16) : nil
    }
}
