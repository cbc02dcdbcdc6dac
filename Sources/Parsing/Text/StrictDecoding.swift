import CICU
import Documents

/// Bytes to text in one named encoding; any byte that means nothing there is a failure with its offset.
enum StrictDecoding {
    static func utf8(_ bytes: ArraySlice<UInt8>) throws(ParsingFailure) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var iterator = bytes.makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        var offset = bytes.startIndex
        while case .valid(let character) = parser.parseScalar(from: &iterator) { offset += character.count }
        throw ParsingFailure(.unknownEncoding, "byte \(offset) is not UTF-8")
    }

    static func utf16(_ bytes: ArraySlice<UInt8>, littleEndian: Bool) throws(ParsingFailure) -> String {
        let name = littleEndian ? "UTF-16LE" : "UTF-16BE"
        guard bytes.count.isMultiple(of: 2) else {
            throw ParsingFailure(.unknownEncoding, "byte \(bytes.endIndex - 1) is half a \(name) unit")
        }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for at in stride(from: bytes.startIndex, to: bytes.endIndex, by: 2) {
            let (first, second) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
            units.append(littleEndian ? second << 8 | first : first << 8 | second)
        }
        if let text = String(validating: units, as: UTF16.self) { return text }
        var iterator = units.makeIterator()
        var parser = Unicode.UTF16.ForwardParser()
        var offset = bytes.startIndex
        while case .valid(let character) = parser.parseScalar(from: &iterator) { offset += character.count * 2 }
        throw ParsingFailure(.unknownEncoding, "byte \(offset) is not \(name)")
    }

    static func utf32(_ bytes: ArraySlice<UInt8>, littleEndian: Bool) throws(ParsingFailure) -> String {
        let name = littleEndian ? "UTF-32LE" : "UTF-32BE"
        guard bytes.count.isMultiple(of: 4) else {
            throw ParsingFailure(.unknownEncoding, "byte \(bytes.endIndex - 1) is part of a \(name) unit")
        }
        var text = String.UnicodeScalarView()
        for at in stride(from: bytes.startIndex, to: bytes.endIndex, by: 4) {
            let unit = bytes[at..<at + 4]
            let value = (littleEndian ? unit.reversed() : Array(unit)).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            guard value > 0, let scalar = Unicode.Scalar(value) else { throw ParsingFailure(.unknownEncoding, "byte \(at) is not \(name)") }
            text.append(scalar)
        }
        return String(text)
    }

    /// Decodes by a name of `EncodingName.converter`.
    static func decode(_ bytes: ArraySlice<UInt8>, as encoding: String) throws(ParsingFailure) -> String {
        encoding == "UTF-8" ? try utf8(bytes) : try named(encoding, bytes)
    }

    /// Whether `named` has a converter for this name.
    static func knows(_ encoding: String) -> Bool { shogo_icu_knows(encoding) != 0 }

    /// Decodes through ICU, which knows the encodings that Japanese and European archives hold.
    static func named(_ encoding: String, _ bytes: ArraySlice<UInt8>) throws(ParsingFailure) -> String {
        guard let text = String(validating: try units(encoding, bytes), as: UTF16.self) else {
            throw ParsingFailure(.unknownEncoding, "byte \(bytes.startIndex) is not \(encoding)")
        }
        return text
    }

    /// As `named`, in UTF-16.
    static func units(_ encoding: String, _ bytes: ArraySlice<UInt8>) throws(ParsingFailure) -> [UInt16] {
        let (units, failure) = convert(encoding, encoding == "ISO-2022-JP" ? withoutEmptySegments(bytes) : bytes)
        if let failure { throw ParsingFailure(.unknownEncoding, "byte \(failure) is not \(encoding)") }
        return units
    }

    /// The text up to the first byte that means nothing, in UTF-16, and the index of that byte.
    static func beginning(_ encoding: String, _ bytes: ArraySlice<UInt8>) -> (units: [UInt16], failure: Int?) {
        let (units, failure) = convert(encoding, bytes)
        guard let failure else { return (units, nil) }
        return (convert(encoding, bytes[..<failure]).units, failure)
    }

    private static func convert(_ encoding: String, _ bytes: ArraySlice<UInt8>) -> (units: [UInt16], failure: Int?) {
        let capacity = bytes.count * 2 + 16
        var offset: Int64 = 0
        var failed = false
        let units = [UInt16](unsafeUninitializedCapacity: capacity) { units, count in
            bytes.withUnsafeBytes { raw in
                let start = raw.bindMemory(to: CChar.self).baseAddress
                let length = shogo_icu_decode(encoding, start, Int64(raw.count), units.baseAddress, Int64(capacity), &offset)
                failed = length < 0
                count = max(0, Int(length))
            }
        }
        return (units, failed ? min(bytes.startIndex + max(0, Int(offset)), bytes.endIndex) : nil)
    }

    /// Without the escape sequences that another follows at once: ICU takes them for an attack, old mail programs wrote them.
    private static func withoutEmptySegments(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isSwitch(_ at: Int) -> Bool {
            guard at + 2 < bytes.endIndex, bytes[at] == 0x1B else { return false }
            return switch (bytes[at + 1], bytes[at + 2]) {
            case (UInt8(ascii: "("), UInt8(ascii: "B")), (UInt8(ascii: "("), UInt8(ascii: "I")), (UInt8(ascii: "("), UInt8(ascii: "J")): true
            case (UInt8(ascii: "$"), UInt8(ascii: "@")), (UInt8(ascii: "$"), UInt8(ascii: "B")): true
            default: false
            }
        }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var at = bytes.startIndex
        while at < bytes.endIndex {
            if isSwitch(at), isSwitch(at + 3) {
                at += 3
            } else {
                result.append(bytes[at])
                at += 1
            }
        }
        return result[...]
    }
}
