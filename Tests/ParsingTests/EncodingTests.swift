import Documents
import Foundation
import Testing

@Suite("Encodings of text")
struct EncodingTests {
    private static let text = "ポンプの分解手順\n\n1. 電源を切る。\n2. カバー AB-1234 を外す。\n"

    private func check(_ bytes: [UInt8], _ encoding: String) throws {
        let sheet = try sheet(bytes)
        #expect(sheet.encoding == encoding)
        #expect(sheet.title == "ポンプの分解手順")
        #expect(sheet.fragments.map(\.kind) == [.title, .step, .step])
        #expect(sheet.fragments.last?.text == "2. カバー AB-1234 を外す。")
    }

    @Test("UTF-8 is read with and without a byte order mark")
    func utf8() throws {
        try check(Array(Self.text.utf8), "UTF-8")
        try check([0xEF, 0xBB, 0xBF] + Array(Self.text.utf8), "UTF-8")
    }

    @Test("UTF-16 is read in both byte orders, with and without a mark", arguments: [true, false], [true, false])
    func utf16(little: Bool, marked: Bool) throws {
        var bytes: [UInt8] = marked ? (little ? [0xFF, 0xFE] : [0xFE, 0xFF]) : []
        for unit in Self.text.utf16 { bytes += little ? [UInt8(unit & 255), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 255)] }
        try check(bytes, little ? "UTF-16LE" : "UTF-16BE")
    }

    @Test("The three old Japanese encodings are told apart")
    func japanese() throws {
        // The same text as Python encodes it.
        let encoded = [
            "windows-31j": "g3yDk4N2gsyVqonwjuiPhwoKMS4gk2SMuYLwkNiC6YFCCjIuIINKg2+BWyBBQi0xMjM0IILwik+Ct4FCCg==",
            "EUC-JP": "pd2l86XXpM7KrLLyvOq95woKMS4gxcW4u6TywNqk66GjCjIuIKWrpdChvCBBQi0xMjM0IKTys7CkuaGjCg==",
            "ISO-2022-JP": "GyRCJV0lcyVXJE5KLDJyPGo9ZxsoQgoKMS4gGyRCRUU4OyRyQFokayEjGyhCCjIuIBskQiUrJVAhPBsoQiBBQi0xMjM0IBskQiRyMzAkOSEjGyhCCg==",
        ]
        for (name, base64) in encoded { try check(Array(try #require(Data(base64Encoded: base64))), name) }
    }

    @Test("Bytes in no known encoding are reported with their place")
    func unknown() throws {
        let bytes = Array("abc".utf8) + [0xFF, 0xFD] + Array("def".utf8)
        #expect(outcome(bytes).reason == .unknownEncoding)
        #expect(outcome(bytes).message?.contains("byte 3") ?? false)
    }

    @Test("A byte order mark is a promise: text that breaks it is reported")
    func brokenPromise() {
        #expect(outcome([0xEF, 0xBB, 0xBF, 0x61, 0x80]).reason == .unknownEncoding)
        #expect(outcome([0xFF, 0xFE, 0x61, 0x00, 0x62]).reason == .unknownEncoding)
    }

    @Test("An XML declaration is honoured")
    func declaration() throws {
        let xml = "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><task><title>ポンプ</title></task>"
        let japanese = try sheet(Array(try #require(xml.data(using: .shiftJIS))), name: "a.xml")
        #expect(japanese.encoding == "windows-31j")
        #expect(japanese.title == "ポンプ")
        let latin = Array("<?xml version='1.0' encoding='ISO-8859-1'?><p>caf".utf8) + [0xE9] + Array("</p>".utf8)
        #expect(try sheet(latin, name: "a.xml").title == "café")
        #expect(outcome("<?xml version='1.0' encoding='klingon'?><p>x</p>").reason == .unknownEncoding)
        #expect(outcome(Array("<?xml version='1.0' encoding='UTF-8'?><p>".utf8) + [0xE9] + Array("</p>".utf8)).reason == .unknownEncoding)
    }

    @Test("XML in UTF-16 is read")
    func utf16XML() throws {
        var bytes: [UInt8] = []
        for unit in "<?xml version=\"1.0\" encoding=\"UTF-16\"?><p>手順</p>".utf16 { bytes += [UInt8(unit >> 8), UInt8(unit & 255)] }
        #expect(try sheet(bytes, name: "a.xml").title == "手順")
    }
}
