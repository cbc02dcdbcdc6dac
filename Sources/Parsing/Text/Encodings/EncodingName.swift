/// Names of character encodings, as declarations and configuration write them.
public enum EncodingName {
    /// Whether a folder may be read in an encoding of this name: one that Shogo can decode and that holds ASCII, or UTF-16.
    public static func isKnown(_ name: String) -> Bool { converter(for: name) != nil }

    /// The name under which `StrictDecoding` decodes; `nil` for an unknown one.
    static func converter(for name: String) -> String? {
        // ICU also takes options and names of files; a name may give neither.
        guard !name.isEmpty, name.utf8.allSatisfy(isNameByte) else { return nil }
        let upper = name.uppercased()
        if ["UTF-8", "UTF8", "US-ASCII", "ASCII"].contains(upper) { return "UTF-8" }
        let encoding = canonical[upper] ?? (upper.hasPrefix("WINDOWS") ? name.lowercased() : upper)
        guard StrictDecoding.knows(encoding) else { return nil }
        if upper.hasPrefix("UTF-16") { return encoding }
        return (try? StrictDecoding.named(encoding, [UInt8(ascii: "A")])) == "A" ? encoding : nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
        }
    }

    /// What files call CP932, and the names that the catalog uses.
    private static let canonical = [
        "SHIFT_JIS": "windows-31j", "SHIFT-JIS": "windows-31j", "SJIS": "windows-31j", "X-SJIS": "windows-31j", "CP932": "windows-31j",
        "MS932": "windows-31j", "WINDOWS-31J": "windows-31j", "MS_KANJI": "windows-31j", "EUC-JP": "EUC-JP", "X-EUC-JP": "EUC-JP",
        "ISO-2022-JP": "ISO-2022-JP", "BIG5": "Big5", "GB2312": "GB18030", "GBK": "GB18030", "CP936": "GB18030", "CP949": "windows-949",
    ]
}
