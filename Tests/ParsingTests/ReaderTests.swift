import Documents
import Foundation
import Testing

@testable import Parsing

@Suite("Readers and their fingerprints")
struct ReaderTests {
    private func reader(_ bytes: [UInt8], name: String = "file", limits: ParsingLimits = ParsingLimits()) -> ContentReader {
        let reading = bytes.withUnsafeBufferPointer { ContentParser(limits: limits).read($0, name: RawPath(name)) }
        // The result is that of `parse`, whichever it is.
        let parsed = Result { () throws(ParsingFailure) in try ContentParser(limits: limits).parse(bytes, name: RawPath(name)) }
        #expect(parsed == reading.result)
        return reading.reading.reader
    }

    private func reader(_ text: String, name: String = "file") -> ContentReader { reader(Array(text.utf8), name: name) }

    @Test("Every picture of the fixtures, whole or cut, is that of its format's reader")
    func pictures() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        let expected: [String: ContentReader] = ["tif": .tiff, "jpg": .jpeg, "png": .png]
        var count = 0
        for place in ["", "golden/"] {
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: place).path) {
                guard let format = expected[(file as NSString).pathExtension] else { continue }
                let bytes = try fixture(place + file)
                #expect(reader(bytes) == format, "\(file)")
                #expect(reader(Array(bytes.prefix(bytes.count / 2))) == format, "half of \(file)")
                count += 1
            }
        }
        #expect(count > 100)
    }

    @Test(
        "A text names the reader of its kind or its dialect",
        arguments: [
            ("Stop the pump.", "a.txt", ContentReader.plainText), ("<not XML", "a.txt", .plainText), ("# Pump", "a.md", .markdown),
            ("---\n---\n", "a.md", .markdown),
            ("<task><title>A</title></task>", "a.xml", .dita), ("<dmodule><content>A</content></dmodule>", "a.xml", .s1000d),
            ("<article xmlns='http://docbook.org/ns/docbook'><title>A</title></article>", "a.xml", .docbook),
            ("<TEI xmlns='http://www.tei-c.org/ns/1.0'><text>A</text></TEI>", "a.xml", .tei),
            ("<article><front><article-meta/></front><body><p>A</p></body></article>", "a.xml", .jats),
            ("<html><p>A</html>", "a.html", .html), ("<p>A", "a.htm", .html), ("<!DOCTYPE html><html></html>", "a.html", .html),
            ("<parts><part>A</part></parts>", "a.xml", .xml), ("<parts><part>A</parts>", "a.xml", .xml), ("<a/>", "a.xml", .xml),
            ("<alto><Layout><Page WIDTH='1' HEIGHT='1'/></Layout></alto>", "a.xml", .companion), ("<map><title>A</title></map>", "a.ditamap", .companion),
            (" \n", "a.txt", .text), ("a\0b", "a.txt", .text),
        ])
    func texts(text: String, name: String, expected: ContentReader) {
        #expect(reader(text, name: name) == expected)
    }

    @Test(
        "What no reader takes names none",
        arguments: [("", "a"), ("GIF89a....", "a.gif"), ("%PDF-1.7", "a.pdf"), ("{\"a\": 1}", "a"), ("a, b\n", "a.csv"), ("<!ELEMENT a (b)>", "a"),
            ("<svg xmlns='http://www.w3.org/2000/svg'><text>a</text></svg>", "a.svg")])
    func refused(text: String, name: String) {
        #expect(reader(text, name: name) == .none)
    }

    @Test("A text that is too long for its limit was nobody's yet")
    func tooLong() {
        var limits = ParsingLimits()
        limits.maxTextBytes = 3
        #expect(reader(Array("text".utf8), limits: limits) == .text)
    }

    @Test("Fingerprints are one per reader, and the decoder's is part of each reader's of texts")
    func fingerprints() {
        let own = ContentReader.allCases.map(\.fingerprint)
        #expect(Set(own).count == own.count)
        // A change of the decoder is one of every reader of texts.
        for reader in ContentReader.allCases where ![.tiff, .jpeg, .png, .none].contains(reader) {
            #expect(reader.fingerprint.hasSuffix(ContentReader.text.fingerprint))
        }
    }
}
