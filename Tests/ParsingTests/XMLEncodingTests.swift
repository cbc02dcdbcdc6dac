import Documents
import Foundation
import Testing

@testable import Parsing

@Suite("One XML sheet in many encodings")
struct XMLEncodingTests {
    /// With characters that CP932 has beyond JIS X 0208, and those whose codes vendors map differently.
    private static let steps = ["① ㈱佐藤製作所のポンプを止める。", "Ⅳ型：10～20㎜、－5℃、￠50、∥、―", "ソフト表示能力を十分確認（ﾎﾞﾙﾄ）"]

    private static func xml(_ declared: String?) -> String {
        let declaration = declared.map { "<?xml version=\"1.0\" encoding=\"\($0)\"?>\n" } ?? ""
        return declaration + "<task id=\"a\"><title>分解手順～点検</title><taskbody><steps>"
            + steps.map { "<step><cmd>\($0)</cmd></step>" }.joined() + "</steps></taskbody></task>"
    }

    private func check(_ bytes: [UInt8], _ encoding: String, override: String? = nil) throws {
        guard case .sheet(let sheet) = try ContentParser(limits: ParsingLimits()).parse(bytes, name: RawPath("a.xml"), encoding: override) else { return }
        #expect(sheet.encoding == encoding)
        #expect(sheet.title == "分解手順～点検")
        #expect(sheet.fragments.map(\.text) == ["分解手順～点検"] + Self.steps)
        #expect(sheet.encodingConfidence > 0.9)
    }

    private func utf16(_ text: String, little: Bool, marked: Bool) -> [UInt8] {
        ((marked ? [0xFEFF] : []) + Array(text.utf16)).flatMap { little ? [UInt8($0 & 255), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 255)] }
    }

    @Test("UTF-8 and UTF-16, with and without mark and declaration")
    func unicode() throws {
        for declared in ["UTF-8", "utf-8", nil] {
            try check(Array(Self.xml(declared).utf8), "UTF-8")
            try check([0xEF, 0xBB, 0xBF] + Array(Self.xml(declared).utf8), "UTF-8", override: "EUC-JP")
        }
        for little in [true, false] {
            for declared in ["UTF-16", nil] {
                try check(utf16(Self.xml(declared), little: little, marked: true), little ? "UTF-16LE" : "UTF-16BE")
                try check(utf16(Self.xml(declared), little: little, marked: false), little ? "UTF-16LE" : "UTF-16BE")
            }
        }
    }

    @Test(
        "The old Japanese encodings, by declaration, by override and by scoring",
        arguments: [("Shift_JIS", "windows-31j"), ("windows-31j", "windows-31j"), ("EUC-JP", "EUC-JP"), ("ISO-2022-JP", "ISO-2022-JP")])
    func japanese(declared: String, encoding: String) throws {
        let halfWidth = encoding == "ISO-2022-JP"  // it has none
        for name in [declared, nil] {
            var text = Self.xml(name)
            if halfWidth { text = text.replacing("ﾎﾞﾙﾄ", with: "\u{1}") }
            var bytes = try #require(TextEncoder.encode(text, in: encoding))
            // The four half-width characters in the set that ESC ( I calls.
            if halfWidth, let at = bytes.firstIndex(of: 1) { bytes.replaceSubrange(at...at, with: [0x1B, 0x28, 0x49, 0x4E, 0x5E, 0x59, 0x44, 0x1B, 0x28, 0x42]) }
            try check(bytes, encoding)
            try check(bytes, encoding, override: encoding)
        }
    }

    @Test("An override beats scoring and a declaration that is false, but no declaration that is true")
    func overrides() throws {
        let bytes = try #require(TextEncoder.encode(Self.xml("UTF-8"), in: "windows-31j"))
        #expect(outcome(bytes, name: "a.xml").reason == .unknownEncoding)
        try check(bytes, "windows-31j", override: "Shift_JIS")
        let honest = try #require(TextEncoder.encode(Self.xml("EUC-JP"), in: "EUC-JP"))
        try check(honest, "EUC-JP", override: "windows-31j")

        let parser = ContentParser(limits: ParsingLimits())
        let text = [UInt8](arrayLiteral: 0xC4, 0xE4, 0x0A)
        guard case .sheet(let sheet) = try parser.parse(text, name: RawPath("a.txt"), encoding: "windows-1251") else { return }
        #expect((sheet.title, sheet.encoding, sheet.encodingConfidence) == ("Дд", "windows-1251", 1))
        let failure = #expect(throws: ParsingFailure.self) { try parser.parse(text + [0xFF], name: RawPath("a.txt"), encoding: "EUC-JP") }
        #expect(failure?.message.contains("EUC-JP") ?? false)
        #expect(throws: ParsingFailure.self) { try parser.parse(text, name: RawPath("a.txt"), encoding: "klingon") }
        // A picture has no encoding.
        #expect(throws: Never.self) { try parser.parse(try fixture("rgb.png"), name: RawPath("a.png"), encoding: "klingon") }
    }

    @Test("Names of encodings are checked")
    func names() {
        for name in ["UTF-8", "shift_jis", "CP932", "windows-31j", "EUC-JP", "ISO-2022-JP", "GB18030", "GBK", "Big5", "EUC-KR", "Windows-1252",
            "ISO-8859-1", "iso-8859-2", "KOI8-R", "UTF-16", "UTF-16LE"] {
            #expect(EncodingName.isKnown(name), "\(name)")
        }
        for name in ["", "klingon", "IBM037", "EUC-JP,version=1", "../etc/passwd", "UTF-8 ", "日本"] { #expect(!EncodingName.isKnown(name), "\(name)") }
    }
}
