import Documents
import Parsing
import Testing

/// Front matter, escapes and definitions, and numbers in full-width digits.
@Suite("Markdown as people write it")
struct MarkdownAsWrittenTests {
    private func read(_ text: String) throws -> Sheet { try sheet(text, name: "a.md") }

    @Test(
        "Front matter gives the title and no words",
        arguments: [
            "---\ntitle: Replace the seal\ntags: [a, b]\n---\n", "---\r\ntitle: \"Replace the seal\"\r\n---\r\n", "---\nlayout: page\nTitle: 'Replace the seal'\n...\n",
            "+++\ntitle = \"Replace the seal\"\ndate = 2020-01-01\n+++\n", "---\ntitle: >\n  Replace\n  the seal\nx: 1\n---\n", "\n---\ntitle: Replace the seal # draft\n---\n",
        ])
    func frontMatter(start: String) throws {
        let sheet = try read(start + "\nStop.\n\n## Tools\n")
        #expect(sheet.title == "Replace the seal")
        #expect(sheet.fragments.map(\.text) == ["Replace the seal", "Stop.", "Tools"])
    }

    @Test("Front matter without a title leaves that to the first heading; a title said twice is one")
    func headings() throws {
        #expect(try read("---\ndate: 2020\n---\n# Pump\n\nStop.\n").title == "Pump")
        #expect(try read("---\ntitle: Pump\n---\n# Pump\n\nStop.\n").fragments.map(\.text) == ["Pump", "Stop."])
        #expect(try read("---\n\nA rule above, and one below.\n\n---\n\nEnd.\n").fragments.map(\.text) == ["A rule above, and one below.", "End."])
    }

    @Test("Escapes and names of characters are what they stand for, but not in code")
    func escapes() throws {
        #expect(try read("Fit P/N XY\\_77\\-3 \\*not bold\\* \\[1\\] &amp; &copy; &#x2013; &unknown; A&B C:\\dir").fragments.map(\.text)
            == ["Fit P/N XY_77-3 *not bold* [1] & © – &unknown; A&B C:\\dir"])
        #expect(try read("Run `a\\_b &amp;` now").fragments.map(\.text) == ["Run `a\\_b &amp;` now"])
        #expect(try read("```\na\\_b &lt;\n```\n").fragments.map(\.text) == ["a\\_b &lt;"])
        #expect(try read("Run\n\n    dos.exe A\\$01.FL1\n\nnow\\_\n").fragments.map(\.text) == ["Run", "dos.exe A\\$01.FL1", "now_"])
        #expect(try read("- item\n\n    a\\_b\n").fragments.last?.text == "a_b")
        #expect(try read("# AB\\_12 &gt; 3\n").title == "AB_12 > 3")
    }

    @Test("Definitions and comments are not shown")
    func definitions() throws {
        let sheet = try read("See [the manual][m] and ![][pic].\n\n[m]: https://example.org/AB-1234 \"Manual\"\n[pic]: img/pump.png\n\n<!-- TODO AB-9999\nmore -->\n\nEnd <!-- hidden --> here.\n")
        #expect(sheet.fragments.map(\.text) == ["See the manual and .", "End here."])
        #expect(sheet.figures.map(\.target) == ["img/pump.png"])
        #expect(sheet.identifiers.isEmpty)
        #expect(try read("[Note]: check the seal\n").fragments.map(\.text) == ["[Note]: check the seal"])
    }

    @Test(
        "Full-width digits behind a label are a number, elsewhere they are none",
        arguments: [("品番　１２３４５６７", ["1234567"]), ("部品番号：ＡＢ－１２３４を使う", ["AB-1234"]), ("図番 ９８７６", ["9876"]), ("型式：Ｍ８−２５", ["M8-25"]), ("長さは１２３４５ミリ", []), ("２０２４年", [])])
    func fullWidth(text: String, numbers: [String]) throws { #expect(try sheet(text).identifiers == numbers) }

    @Test("What stands in for a picture, or links to one, names no other picture")
    func alternatives() throws {
        let text = "# Pump\n\n![old_name.jpg](img/x.jpg) and d.jpg\n\n[![a.png](t.png)](https://example.org/b.png)\n\n[see e.png](notes.md)\n"
        #expect(try sheet(Array(text.utf8), name: "a.md").figures.map(\.target) == ["img/x.jpg", "d.jpg", "t.png", "https://example.org/b.png", "e.png"])
        let html = "<html><body><p>x <img src='img/x.jpg' alt='old_name.jpg'> <a href='q.jpg'>Q.JPG</a> <b>r.png</b></p></body></html>"
        #expect(try sheet(Array(html.utf8), name: "a.html").figures.map(\.target) == ["img/x.jpg", "q.jpg", "r.png"])
        let topic = "<topic id='a'><title>T</title><body><image href='x.jpg'><alt>old_name.jpg</alt></image></body></topic>"
        #expect(try sheet(Array(topic.utf8), name: "a.dita").figures.map(\.target) == ["x.jpg"])
    }
}
