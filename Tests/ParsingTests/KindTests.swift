import Documents
import Parsing
import Testing

@Suite("Kinds of file")
struct KindTests {
    @Test("An empty file is reported as empty")
    func empty() {
        #expect(outcome([]).reason == .emptyFile)
    }

    @Test("White space alone is no text", arguments: ["  \n\t ", "\u{FEFF}\n", "\u{3000}", "---\n", "<html><body> </body></html>"])
    func blank(text: String) {
        #expect(outcome(text).reason == .noText)
    }

    @Test(
        "A known format that Shogo does not read is named",
        arguments: [
            ("GIF89a....", "GIF"), ("%PDF-1.7", "PDF"), ("PK\u{3}\u{4}....", "ZIP"), ("RIFF\u{4}\0\0\0WEBPVP8 ", "WebP"),
            ("\0\u{2A}\u{12}abc", "CGM"), ("\0\0\0\u{18}ftypmp42", "MP4"), ("{\"a\": 1}", "JSON"), ("#!/bin/sh\necho", "script"),
            ("<svg xmlns='http://www.w3.org/2000/svg'><text>a</text></svg>", "SVG"),
            ("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>x</xs:schema>", "XML schema"), ("<!ELEMENT a (b)>", "DTD"),
            ("AC1015\0\0\0\0\0\0", "AutoCAD"), ("OggS\0\u{2}", "Ogg"), ("MMOR\0\0\0\u{8}", "Olympus"), ("Rar!\u{1A}\u{7}\0", "RAR"), ("[[1, 2], [3]]", "JSON"), ("a\u{1}b", "binary"), ("a\0b", "binary"),
        ])
    func unsupported(content: String, name: String) {
        #expect(outcome(content).reason == .unsupportedFormat)
        #expect(outcome(content).message?.contains(name) ?? false)
    }

    @Test("Text formats that are no sheets are told by their extension", arguments: ["a.csv", "a.py", "a.yaml", "a.css", "A.JSON"])
    func byExtension(name: String) {
        #expect(outcome("a, b\n", name: name).reason == .unsupportedFormat)
    }

    @Test("The bytes decide, not the extension")
    func bytesDecide() throws {
        #expect(outcome(try fixture("rgb.png"), name: "scan.txt") == outcome(try fixture("rgb.png"), name: "scan.png"))
        #expect(try sheet("<task><title>A</title></task>", name: "scan.tif").format == .dita)
        #expect(try sheet("# A", name: "a.md").format == .markdown)
        #expect(try sheet("# A", name: "a.txt").format == .plainText)
        #expect(try sheet("<not XML", name: "a.txt").format == .plainText)
    }

    @Test("Text above the limit is refused before it is read")
    func tooLarge() {
        var limits = ParsingLimits()
        limits.maxTextBytes = 10
        #expect(outcome("12345678901", limits: limits).reason == .tooLarge)
    }

    @Test("HTML that is also XML is read")
    func html() throws {
        let sheet = try sheet("<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'xhtml1.dtd'><html lang='en'><body><h1>Pump</h1><ul><li>One&nbsp;two <img src='a%20b.jpg'/></li></ul></body></html>")
        #expect(sheet.title == "Pump")
        #expect(sheet.fragments.map(\.text) == ["Pump", "One two"])
        #expect(sheet.figures.map(\.target) == ["a b.jpg"])
    }
}
