import Documents
import Glibc
import Parsing
import Testing

/// Texts whose encoding is told by marks, by themselves, or wrongly.
@Suite("Encodings as files have them")
struct DecodingAsFoundTests {
    /// By the C library, which has many more encodings than the tables for detection.
    private func encoded(_ text: String, _ encoding: String) throws -> [UInt8] {
        let converter = try #require(iconv_open(encoding == "windows-31j" ? "CP932" : encoding, "UTF-8"))
        defer { iconv_close(converter) }
        var source = Array(text.utf8).map { CChar(bitPattern: $0) }
        var target = [CChar](repeating: 0, count: source.count * 4)
        var (left, room) = (source.count, target.count)
        let failures = source.withUnsafeMutableBufferPointer { from in
            target.withUnsafeMutableBufferPointer { to in
                var (input, output) = (from.baseAddress, to.baseAddress)
                return iconv(converter, &input, &left, &output, &room)
            }
        }
        try #require(failures == 0)
        return target.dropLast(room).map { UInt8(bitPattern: $0) }
    }

    private func utf32(_ text: String, little: Bool, mark: Bool = true) -> [UInt8] {
        ((mark ? [0xFEFF] : []) + text.unicodeScalars.map(\.value)).flatMap { value in
            let bytes = [24, 16, 8, 0].map { UInt8(value >> $0 & 255) }
            return little ? bytes.reversed() : bytes
        }
    }

    // MARK: Marks

    @Test("UTF-32 is read in both orders, with a mark and without", arguments: [true, false], [true, false])
    func utf32(little: Bool, mark: Bool) throws {
        let text = try sheet(utf32("軸受の交換\n\n1. 電源を切る。\n2. 🔧で外す。\n", little: little, mark: mark))
        #expect(text.title == "軸受の交換")
        #expect(text.fragments.map(\.text) == ["軸受の交換", "1. 電源を切る。", "2. 🔧で外す。"])
        #expect(text.encoding == (little ? "UTF-32LE" : "UTF-32BE"))
        let page = try sheet(utf32("<html><head><title>Valve</title></head><body><p>Close.</p></body></html>", little: little, mark: mark), name: "a.html")
        #expect(page.format == .html && page.title == "Valve")
    }

    @Test("A broken unit of UTF-32 is a failure with its offset")
    func brokenUTF32() {
        let broken = outcome([0xFF, 0xFE, 0, 0, 0x41, 0, 0, 0, 0, 0, 0x11, 0])
        #expect(broken.reason == .unknownEncoding && broken.message?.contains("byte 8 is not UTF-32LE") ?? false)
    }

    @Test(
        "Marks and white space before markup are no part of it",
        arguments: ["\u{FEFF}\u{FEFF}", "\u{FEFF}\u{FEFF}\u{FEFF}", "\n \u{FEFF}", "\u{200B}", "\u{A0}\u{FEFF}", "\r\n\r\n", "\u{FEFF}\n"])
    func marks(before: String) throws {
        let topic = try sheet(before + "<?xml version=\"1.0\" encoding=\"UTF-8\"?><topic id='a'><title>Pump</title><body><p>Stop.</p></body></topic>", name: "a.dita")
        #expect(topic.format == .dita && topic.title == "Pump")
        let page = try sheet(before + "<!DOCTYPE html><title>Valve</title><p>Close.", name: "a.html")
        #expect(page.format == .html && page.title == "Valve" && page.fragments.map(\.text) == ["Valve", "Close."])
    }

    @Test("A doubled mark of UTF-16 is dropped, also before plain text", arguments: [true, false])
    func doubledUTF16(little: Bool) throws {
        let units = Array("\u{FEFF}\u{FEFF}Seal\n\n1. Stop.\n".utf16)
        let text = try sheet(units.flatMap { little ? [UInt8($0 & 255), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 255)] })
        #expect(text.title == "Seal" && text.fragments.last?.text == "1. Stop.")
    }

    // MARK: Zero bytes

    @Test("A stray zero in a text of bytes is dropped", arguments: ["Close the valve\0\n\n1. Stop it now.\n", "\0Close the valve\n\n1. Stop it now.\n\n", "Close the valve\n\n1. Stop it now.\n\0\0"])
    func strayZero(text: String) throws {
        let read = try sheet(text)
        #expect(read.title == "Close the valve")
        #expect(read.fragments.map(\.text).contains("1. Stop it now."))
    }

    @Test("A stray zero in a Japanese text makes no Chinese of it", arguments: ["UTF-8", "windows-31j", "EUC-JP"])
    func strayZeroJapanese(encoding: String) throws {
        var bytes = try encoded("軸受の交換手順\n\n1. 電源を切ってください。\n2. カバーを外す。\n", encoding)
        bytes.append(0)
        for bytes in [bytes, bytes + [0x0A]] {
            switch outcome(bytes, name: "a.txt") {
            case .sheet(let sheet): #expect(sheet.title == "軸受の交換手順")
            case let other: #expect([.unsupportedFormat, .unknownEncoding].contains(other.reason))
            }
        }
    }

    @Test("Packed bytes around ASCII are binary data")
    func packed() {
        let text = Array("Replace the pump seal. Stop the pump and close the valve. ".utf8)
        #expect(outcome([0x78, 0x01, 0x01, 0x74, 0x00] + text + text + [0x1B, 0x2C, 0x00], name: "a.txt").reason == .unsupportedFormat)
    }

    @Test("UTF-16 without a mark is still found", arguments: ["Close the valve.\n", "電源を切る。\n1. 上の蓋を外す。\n"], [true, false])
    func unmarkedUTF16(text: String, little: Bool) throws {
        let bytes = text.utf16.flatMap { little ? [UInt8($0 & 255), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 255)] }
        #expect(try sheet(bytes).encoding == (little ? "UTF-16LE" : "UTF-16BE"))
    }

    // MARK: Declarations

    @Test(
        "A declaration that UTF-8 bytes belie is not believed",
        arguments: ["ISO-8859-1", "windows-1252", "ISO-8859-15", "KOI8-R", "Shift_JIS", "EUC-JP", "GBK", "Big5"])
    func falseDeclaration(name: String) throws {
        for title in ["Prüfung der Ölpumpe", "ポンプの点検", "水泵检查", "Проверка насоса"] {
            let xml = "<?xml version=\"1.0\" encoding=\"\(name)\"?><topic id='a'><title>\(title)</title><body><p>\(title)</p></body></topic>"
            let read = try sheet(xml, name: "a.dita")
            #expect(read.title == title && read.encoding == "UTF-8")
        }
    }

    @Test("A declaration that is true is believed", arguments: [("ISO-8859-1", "Prüfung der Ölpumpe"), ("EUC-JP", "軸受の弁"), ("KOI8-R", "насос"), ("GBK", "水泵"), ("Shift_JIS", "ﾎﾟﾝﾌﾟ")])
    func trueDeclaration(name: String, title: String) throws {
        let xml = "<?xml version=\"1.0\" encoding=\"\(name)\"?><topic id='a'><title>\(title)</title></topic>"
        #expect(try sheet(try encoded(xml, name), name: "a.dita").title == title)
    }

    @Test("XML of damaged UTF-8 is an error, with a declared encoding and without", arguments: ["", " encoding='UTF-8'", " standalone='yes'"])
    func damagedXML(declared: String) {
        var bytes = Array("<?xml version='1.0'\(declared)?><topic id='a'><title>Prüfung</title><body><p>Öl</p><p>Kühlung ".utf8)
        bytes += [0xC3] + Array("</p></body></topic>".utf8)
        #expect(outcome(bytes, name: "a.xml").reason == .unknownEncoding)
    }

    @Test(
        "Encodings are known by the names that files use",
        arguments: ["eucJP-ms", "CP51932", "x-sjis-cp932", "x-ms-cp932", "ks_c_5601-1987", "x-gbk", "x-cp1252", "latin1", "x-mac-roman", "SJIS-win", "ujis"])
    func names(name: String) throws {
        #expect(EncodingName.isKnown(name))
        for subset in ["", "<!DOCTYPE topic [<!ENTITY x 'y'>]>"] {
            let xml = "<?xml version=\"1.0\" encoding=\"\(name)\"?>\(subset)<topic id='a'><title>Pump</title></topic>"
            #expect(try sheet(xml, name: "a.dita").title == "Pump")
        }
    }

    // MARK: HTML

    @Test(
        "A page's own charset is asked",
        arguments: [
            ("Shift_JIS", "windows-31j", "弁 ﾊﾞﾙﾌﾞ"), ("x-sjis", "windows-31j", "軸受"), ("euc-jp", "EUC-JP", "軸"), ("KOI8-R", "KOI8-R", "Насос"),
            ("macintosh", "macintosh", "Kühlmittel prüfen"), ("iso-8859-15", "ISO-8859-15", "15 € œuvre"), ("gb2312", "GB18030", "水泵"),
            ("windows-1251", "windows-1251", "Насос"), ("iso-8859-6", "ISO-8859-6", "مضخة"), ("iso-8859-1", "windows-1252", "“5 €” – été"),
        ])
    func metaCharset(name: String, encoding: String, words: String) throws {
        for meta in ["<meta charset=\"\(name)\">", "<meta http-equiv='Content-Type' content='text/html; charset=\(name)'>", "<META CHARSET=\(name.uppercased())>"] {
            let page = "<!-- a page --><html><head>\(meta)<title>\(words)</title></head><body><p>\(words)</p></body></html>"
            #expect(try sheet(try encoded(page, encoding), name: "a.html").title == words)
        }
    }

    @Test("A page's charset that its bytes belie is not believed")
    func falseCharset() throws {
        #expect(try sheet("<html><head><meta charset='iso-8859-1'><title>点検</title></head><body>点検</body></html>", name: "a.html").title == "点検")
        let german = try encoded("<html><head><meta charset='utf-8'><title>Prüfung der Ölpumpe</title></head><body><p>Vor der Prüfung den Motor abstellen und abkühlen lassen. Das Öl prüfen, nachfüllen und die Schläuche für die Kühlung schließen.</p></body></html>", "windows-1252")
        #expect(try sheet(german, name: "a.html").title == "Prüfung der Ölpumpe")
        let marked = [0xEF, 0xBB, 0xBF] + Array("<html><head><meta charset='shift_jis'><title>点検</title></head></html>".utf8)
        #expect(try sheet(marked, name: "a.html").title == "点検")
    }

    // MARK: Half-width kana

    @Test(
        "Half-width kana are Japanese, in short texts too",
        arguments: [
            "ﾊﾞﾙﾌﾞ ｼﾞｸｳｹ\n\n1. ﾅｯﾄ ｦ ﾕﾙﾒﾙ\n", "ｵｲﾙﾌｨﾙﾀｰ\n", "ﾎﾞﾙﾄ M10 6\nﾊﾟｯｷﾝ 2\n", "軸受ﾘｽﾄ\n\n1. ﾍﾞｱﾘﾝｸﾞ 点検\n", "ｺｳｼﾞ ﾒｲ: ﾎﾟﾝﾌﾟ ｺｳｶﾝ\nﾀﾝﾄｳ: ｽｽﾞｷ\n",
        ])
    func halfwidth(text: String) throws {
        let read = try sheet(try encoded(text, "windows-31j"))
        #expect(read.encoding == "windows-31j" && read.encodingConfidence > 0.5)
        #expect(read.title == text.split(separator: "\n").first.map(String.init))
    }

    @Test("Capitals of other alphabets are no half-width kana", arguments: [("windows-1251", "ЗАМЕНА НАСОСА И ПРОВЕРКА ДАВЛЕНИЯ\n"), ("windows-1253", "ΑΝΤΛΙΑ ΝΕΡΟΥ ΚΑΙ ΕΛΕΓΧΟΣ ΠΙΕΣΗΣ\n"), ("windows-1252", "ÖLPRÜFUNG UND KÜHLUNG DER PUMPE\n")])
    func capitals(encoding: String, text: String) throws {
        switch outcome(try encoded(text, encoding), name: "a.txt") {
        case .sheet(let sheet): #expect(sheet.title + "\n" == text)
        case let other: #expect(other.reason == .unknownEncoding)
        }
    }

    @Test("A page's charset counts behind long scripts, styles and comments, not in them")
    func lateCharset() throws {
        let word = try encoded("軸", "EUC-JP")
        for (start, end) in [("<script>", "</script>"), ("<STYLE>", "</STYLE>"), ("<!--", "-->")] {
            let head = "<html><head>\(start)<meta charset='koi8-r'>\(String(repeating: "x < y; ", count: 3000))\(end)<meta charset='euc-jp'></head><body><p>"
            #expect(try sheet(Array(head.utf8) + word, name: "a.html").fragments.map(\.text) == ["軸"])
        }
    }
}
