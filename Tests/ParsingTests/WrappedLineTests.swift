import Documents
import Parsing
import Testing

@Suite("Lines that were wrapped")
struct WrappedLineTests {
    private func texts(_ text: String, _ name: String) throws -> [String] { try sheet(text, name: name).fragments.map(\.text) }

    @Test(
        "A word of a writing without spaces goes on in the next line", arguments: ["\n", "\r\n", "  \n    ", "\n　"])
    func words(end: String) throws {
        let wrapped = "ポンプの軸\(end)受を交換する。\(end)𠮷\(end)野"
        let whole = "ポンプの軸受を交換する。𠮷野"
        #expect(try texts(wrapped, "a.txt") == [whole])
        if !end.hasPrefix(" ") { #expect(try texts(wrapped, "a.md") == [whole]) }
        #expect(try texts("<!DOCTYPE html><html><body><p>\(wrapped)</p></body></html>", "a.html") == [whole])
        #expect(try texts("<doc><title>T</title><p>\(wrapped)</p></doc>", "a.xml") == ["T", whole])
        #expect(try texts("<topic id='t'><title>軸\(end)受</title><body><table><tgroup cols='1'><tbody><row><entry>軸\(end)<b>受</b></entry></row></tbody></tgroup></table></body></topic>", "a.dita") == ["軸受", "軸受"])
    }

    @Test(
        "Other writings have a space there",
        arguments: ["bearing\nhousing", "軸受\nAB-12", "Bolt\n軸受", "베어링\n교환", "ＡＢ\nＣＤ", "１\n２", "cœur\népais", "軸受\n12"])
    func spaces(text: String) throws {
        let folded = text.replacing("\n", with: " ")
        #expect(try texts("x\n\n" + text, "a.txt").last == folded)
        #expect(try texts("<doc><p>\(text)</p></doc>", "a.xml") == [folded])
    }

    @Test("A space within a line stays")
    func inside() throws {
        #expect(try texts("x\n\n軸受 交換　要領\n書", "a.txt").last == "軸受 交換 要領書")
        #expect(try texts("<doc><p>軸 受</p></doc>", "a.xml") == ["軸 受"])
    }

    @Test("What ends a line on purpose parts words")
    func onPurpose() throws {
        #expect(try texts("<!DOCTYPE html><html><body><p>軸<br>\n受</p><table><tr>\n<td>軸</td>\n<td>受</td>\n</tr></table></body></html>", "a.html") == ["軸 受", "軸 受"])
        #expect(try texts("軸  \n受", "a.md") == ["軸 受"])
        #expect(try texts("軸\\\n受", "a.md") == ["軸 受"])
        #expect(try texts("軸<br>\n受", "a.md") == ["軸 受"])
        #expect(try texts("T\n\n```\n軸\n受\n```\n", "a.md").last == "軸 受")
        #expect(try texts("T\n\n    軸\n    受\n", "a.md").last == "軸 受")
    }
}
