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

    @Test("A picture parts the words beside it", arguments: [
        ("Turn![knob](k.png)left.", "Turn knob left."), ("罗氏虾\n![虾](a.jpg)\n这道菜", "罗氏虾 虾 这道菜"), ("Turn ![knob](k.png) left.", "Turn knob left."),
    ])
    func besidePictures(text: String, words: String) throws { #expect(try read(text).fragments.map(\.text) == [words]) }

    @Test("A mark that begins a comment is text where nothing ends it, and in code", arguments: [
        ("Begin with <!-- here.\n\nStop.\n", ["Begin with <!-- here.", "Stop."]), ("Write `<!--` first.\n\nThen `-->`.\n", ["Write `<!--` first.", "Then `-->`."]),
        ("A <!-- b --> c <!-- d\n\nStop.\n", ["A c <!-- d", "Stop."]), ("A <!--> b.\n\nStop.\n", ["A <!--> b.", "Stop."]), ("A <!-- b\n\nc --> d.\n", ["A", "d."]),
    ])
    func comments(text: String, words: [String]) throws { #expect(try read(text).fragments.map(\.text) == words) }

    @Test("Two pairs of brackets are a link where the text defines its key; else both stay, in prose and in code", arguments: [
        ("Read M[row][col] now.", "Read M[row][col] now."), ("Use ![a][b] and [c][].", "Use ![a][b] and [c][]."), ("Read [the manual][M].\n\n[m]: a.html", "Read the manual."),
        ("Read [Manual][].\n\n[manual]: a.html", "Read Manual."), ("> Read [the manual][ m  1 ].\n\n> [M 1]: a.html", "Read the manual."),
    ])
    func references(text: String, words: String) throws { #expect(try read(text).fragments.map(\.text) == [words]) }

    @Test("Fenced code keeps its brackets and shows no pictures; the key of a picture that is defined gives it")
    func code() throws {
        let sheet = try read("```\ncallbackf_insns[i][\"opcode\"]\n![a](b.png) <br> c\n```\n\nSee ![the pump][p] there.\n\n[P]: img/p.png\n")
        #expect(sheet.fragments.map(\.text) == ["callbackf_insns[i][\"opcode\"] ![a](b.png) <br> c", "See the pump there."])
        #expect(sheet.figures.map(\.target) == ["img/p.png"])
    }

    @Test("A fence ends where one of its kind stands that is as long and says nothing; one behind a list mark is one", arguments: [
        ("````\na\n```\nb\n````\n\nEnd.", ["a ``` b", "End."]), ("```\na\n```sh\nb\n```\n\nEnd.", ["a ```sh b", "End."]), ("~~~\na\n```\n~~~~\n\nEnd.", ["a ```", "End."]),
        ("- ```\n  # a\n  ```\n\nEnd.", ["# a", "End."]), ("1. ```sh\n   # a\n   ```\nEnd.", ["# a", "End."]), ("```a``` b\n\n# End", ["```a``` b", "End"]),
    ])
    func fences(text: String, words: [String]) throws { #expect(try read(text).fragments.map(\.text) == words) }

    @Test("Prose between two rules is no front matter", arguments: [
        "---\nStop the pump.\nNote: it is hot.\n---\n", "---\nNote: it is hot.\nStop the pump.\n---\n", "---\n\n  Stop: now\n---\n",
    ])
    func rules(text: String) throws { #expect(try read(text).fragments.map(\.text).joined().contains("Stop")) }

    @Test("Lists, comments and texts of several lines belong to front matter")
    func matter() throws {
        #expect(try read("---\n# made by x\ntitle: Pump\ntags:\n- a\n- b\nlong: |\n  some words\n\n  more\nfiles: [\n  a\n]\n---\nEnd.").fragments.map(\.text) == ["Pump", "End."])
    }

    @Test("Targets may be escaped, and name characters")
    func targets() throws {
        let text = "![a](pump\\_1.png) ![b](a&amp;b.png) <img src=\"c&amp;d.png\"> ![e][e]\n\n[e]: f\\_g.png\n"
        #expect(try read(text).figures.map(\.target) == ["pump_1.png", "a&b.png", "c&d.png", "f_g.png"])
    }

    @Test("Tags of HTML are no words, other angle brackets are", arguments: [
        ("Press <kbd>Ctrl</kbd>, m<sup>2</sup>.<br>Then<br/>stop <B>now</B>.", "Press Ctrl, m2. Then stop now."), ("<p align=\"center\">Pump</p>", "Pump"),
        ("<details open><summary>More</summary>Torque</details>", "More Torque"), ("<tr><td>1</td><td>2</td></tr>", "1 2"), ("Enter <time> and <your name>, a <b and c> d.", "Enter <time> and <your name>, a <b and c> d."),
        ("if a<b then c>d", "if a<b then c>d"), ("<a href=\"x.html\">Pump</a> 5 < 6", "Pump 5 < 6"), ("`<br>` ends a line", "`<br>` ends a line"),
    ])
    func tags(text: String, words: String) throws { #expect(try read("x\n\n" + text).fragments.map(\.text) == ["x", words]) }

    @Test("Pictures in tags are found, quoted or not, linked or shown")
    func tagPictures() throws {
        #expect(try read("<a href='big.png'><img alt=x data-src='no.png' src=small.png></a> <a href=\"b.html\">b</a>").figures.map(\.target) == ["big.png", "small.png"])
    }

    @Test("Tables need no pipes at their ends, and a pipe in a cell is escaped")
    func tables() throws {
        let sheet = try read("Values:\nPart | Torque\n---|:-:\nA\\|B | 5 Nm\nC | 6\n\nx | y\n\nTop\n---\n")
        #expect(sheet.fragments.map(\.text) == ["Values:", "Part Torque", "A|B 5 Nm", "C 6", "x | y", "Top"])
        #expect(sheet.fragments.map(\.kind) == [.paragraph, .row, .row, .row, .paragraph, .title])
    }

    @Test("Signs behind a heading close it where white space stands before them", arguments: [("# C#", "C#"), ("# Pump ##", "Pump"), ("## Pump # ", "Pump"), ("# F# major #", "F# major")])
    func closedHeadings(line: String, title: String) throws { #expect(try read(line).title == title) }

    @Test("Links at both ends make no JSON", arguments: ["[[_TOC_]]\n\nStop.\n\n[[Valves]]", "[\"a\"](b.md)\n\nStop.\n\n[x]", "[[1]](a)\n\nStop [2]"])
    func brackets(text: String) throws { #expect(try read(text).format == .markdown) }

    @Test("A backslash at the end of a line breaks it")
    func hardBreak() throws { #expect(try read("Stop\\\nthe pump\\").fragments.map(\.text) == ["Stop the pump\\"]) }
}
