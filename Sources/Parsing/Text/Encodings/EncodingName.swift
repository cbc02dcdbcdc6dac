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
        if ["UNICODE-1-1-UTF-8", "X-UTF-8", "UTF_8", "UTF8MB4"].contains(upper) { return "UTF-8" }
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
        "X-SJIS-CP932": "windows-31j", "X-MS-CP932": "windows-31j", "CSWINDOWS31J": "windows-31j", "CSSHIFTJIS": "windows-31j",
        "WINDOWS-932": "windows-31j", "SJIS-WIN": "windows-31j", "SJIS-OPEN": "windows-31j", "SHIFTJIS": "windows-31j", "X-SHIFT-JIS": "windows-31j",
        "EUCJP": "EUC-JP", "EUC_JP": "EUC-JP", "EUCJP-MS": "EUC-JP", "EUCJP-WIN": "EUC-JP", "EUC-JP-MS": "EUC-JP", "CP51932": "EUC-JP", "UJIS": "EUC-JP",
        "WINDOWS-51932": "EUC-JP", "X-WINDOWS-51932": "EUC-JP", "X-EUC": "EUC-JP", "EUC-JISX0213": "EUC-JP", "CSEUCPKDFMTJAPANESE": "EUC-JP",
        "CSISO2022JP": "ISO-2022-JP", "CP50220": "ISO-2022-JP", "CP50221": "ISO-2022-JP", "ISO-2022-JP-MS": "ISO-2022-JP", "JIS": "ISO-2022-JP",
        "X-GBK": "GB18030", "GB_2312-80": "GB18030", "X-EUC-CN": "GB18030", "EUC-CN": "GB18030", "EUCCN": "GB18030", "WINDOWS-936": "GB18030",
        "MS936": "GB18030", "CHINESE": "GB18030", "X-X-BIG5": "Big5", "CN-BIG5": "Big5", "CP950": "Big5", "MS950": "Big5", "WINDOWS-950": "Big5",
        "KS_C_5601-1987": "windows-949", "KSC5601": "windows-949", "UHC": "windows-949", "MS949": "windows-949", "X-WINDOWS-949": "windows-949",
        "EUCKR": "EUC-KR", "X-EUC-KR": "EUC-KR", "X-MAC-ROMAN": "macintosh", "MACROMAN": "macintosh", "LATIN1": "ISO-8859-1", "LATIN-1": "ISO-8859-1",
        "ISO8859-1": "ISO-8859-1", "ISO8859-2": "ISO-8859-2", "ISO8859-15": "ISO-8859-15", "ISO-8859-8-I": "ISO-8859-8", "LATIN-9": "ISO-8859-15",
        "X-CP1250": "windows-1250", "X-CP1251": "windows-1251", "X-CP1252": "windows-1252", "ANSI": "windows-1252",
    ]
}
