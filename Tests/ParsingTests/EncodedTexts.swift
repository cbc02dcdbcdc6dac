import Foundation

@testable import Parsing

/// Texts with their languages, and the encodings in which archives hold such texts.
struct EncodedText {
    let encoding: String
    let text: String
    let bytes: [UInt8]

    /// Every line of a table (language, text) in every old encoding of its language that holds it.
    static func all(in table: String, encodings: [String: [String]] = encodings) -> [EncodedText] {
        table.split(separator: "\n").flatMap { line -> [EncodedText] in
            let parts = line.split(separator: "\t", maxSplits: 1)
            guard parts.count == 2, let encodings = encodings[String(parts[0])] else { return [] }
            let text = String(parts[1])
            return encodings.compactMap { encoding in
                TextEncoder.encode(text, in: encoding).map { EncodedText(encoding: encoding, text: text, bytes: $0) }
            }
        }
    }

    static let encodings: [String: [String]] = [
        "ja": ["windows-31j", "EUC-JP", "ISO-2022-JP"], "zh-Hans": ["GB18030"], "zh-Hant": ["Big5"], "ko": ["EUC-KR"], "ru": ["windows-1251"],
        "uk": ["windows-1251"], "de": ["windows-1252"], "fr": ["windows-1252"], "es": ["windows-1252"], "it": ["windows-1252"],
        "pt": ["windows-1252"], "sv": ["windows-1252"], "da": ["windows-1252"], "fi": ["windows-1252"], "pl": ["windows-1250"],
        "cs": ["windows-1250"], "hu": ["windows-1250"], "el": ["windows-1253"], "tr": ["windows-1254"], "he": ["windows-1255"],
        "ar": ["windows-1256"], "lt": ["windows-1257"], "lv": ["windows-1257"],
    ]

    /// Of Unix, DOS and the Macintosh.
    static let rareEncodings: [String: [String]] = [
        "ru": ["KOI8-R", "IBM866", "ISO-8859-5"], "de": ["macintosh", "IBM850"], "fr": ["macintosh", "IBM850"], "es": ["macintosh", "IBM850"],
        "it": ["macintosh", "IBM850"], "pl": ["ISO-8859-2"], "cs": ["ISO-8859-2"], "hu": ["ISO-8859-2"],
    ]
}

/// Writes text in old encodings, by asking ICU what every code means.
enum TextEncoder {
    /// `nil` where the encoding does not hold a character.
    static func encode(_ text: String, in encoding: String) -> [UInt8]? {
        if encoding == "ISO-2022-JP" { return iso2022(text) }
        guard let codes = tables[encoding] else { return nil }
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                bytes.append(UInt8(scalar.value))
            } else if let code = codes[scalar] {
                bytes += code
            } else {
                return nil
            }
        }
        return bytes
    }

    /// JIS X 0208 is EUC-JP without the upper bits, between escapes.
    private static func iso2022(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var wide = false
        for scalar in text.unicodeScalars {
            guard let code = scalar.isASCII ? [UInt8(scalar.value)] : tables["EUC-JP"]?[scalar], code.count <= 2, code[0] != 0x8E else { return nil }
            if wide != (code.count == 2) {
                wide = code.count == 2
                bytes += Array((wide ? "\u{1B}$B" : "\u{1B}(B").utf8)
            }
            bytes += code.map { $0 & 0x7F }
        }
        return bytes + (wide ? Array("\u{1B}(B".utf8) : [])
    }

    private static let tables: [String: [Unicode.Scalar: [UInt8]]] = {
        var tables: [String: [Unicode.Scalar: [UInt8]]] = [:]
        for encoding in Set(EncodedText.encodings.values.joined()).union(EncodedText.rareEncodings.values.joined()) where encoding != "ISO-2022-JP" {
            var codes: [Unicode.Scalar: [UInt8]] = [:]
            var waiting: [[UInt8]] = (UInt8(0x80)...0xFF).map { [$0] }
            if ["windows-31j", "EUC-JP", "GB18030", "Big5", "EUC-KR"].contains(encoding) {
                for lead in UInt8(0x81)...0xFE { for trail in UInt8(0x30)...0xFE { waiting.append([lead, trail]) } }
            }
            for code in waiting {
                guard let text = try? StrictDecoding.named(encoding, code[...]), text.unicodeScalars.count == 1,
                    let scalar = text.unicodeScalars.first, codes[scalar] == nil, !(0xE000...0xF8FF).contains(scalar.value)
                else { continue }
                codes[scalar] = code
            }
            tables[encoding] = codes
        }
        return tables
    }()
}
