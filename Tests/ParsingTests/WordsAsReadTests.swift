import Documents
import Parsing
import Testing

/// Where words begin and end, what is said twice, and what is no word.
@Suite("Words of markup")
struct WordsAsReadTests {
    private func texts(_ text: String, _ name: String) throws -> [String] { try sheet(text, name: name).fragments.map(\.text) }
    private func page(_ body: String) throws -> [String] { try texts("<!DOCTYPE html><html><body>\(body)</body></html>", "a.html") }
    private func topic(_ body: String) throws -> [String] { Array(try texts("<topic id='t'><title>T</title><body>\(body)</body></topic>", "a.dita").dropFirst()) }

    // MARK: HTML

    @Test("End tags that HTML leaves out are no depth", arguments: ["<li>item %", "<font size=2>text %", "<input name=i%> word %", "<tr><td>cell %", "<b>bold %", "<div>part %", "<option>o %</option><hr>rule %"])
    func unclosed(tag: String) throws {
        let pieces = (0..<600).map { tag.replacing("%", with: "\($0)") }.joined(separator: "\n")
        let open = tag.hasPrefix("<li") ? "<ul>" : tag.hasPrefix("<tr") ? "<table>" : ""
        for start in ["<html><head><title>Log</title></head><body>", "<!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'><title>Log</title><body>"] {
            let read = try sheet(start + open + pieces, name: "a.html")
            #expect(read.title == "Log")
            let words = read.fragments.map(\.text).joined(separator: " ")
            #expect(words.contains(" 0 ") || words.contains(" 0\n") || words.hasSuffix(" 0") || words.contains("0"))
            #expect(words.contains("599"))
        }
    }

    @Test("Text in the body keeps its place among headings, tables and lists")
    func bodyOrder() throws {
        #expect(try page("Intro<h1>One</h1>first<br>line<ul><li>item</li></ul>middle<table><tr><td>a</td></tr></table>end")
            == ["Intro", "One", "first line", "item", "middle", "a", "end"])
        #expect(try page("<center><h2>Top</h2>under <b>top</b><p>para</p>last</center>") == ["Top", "under top", "para", "last"])
        #expect(try page("<div>lead<div>inner</div></div><div>next</div>") == ["lead inner", "next"])
        #expect(try sheet("<html><body><h1>A</h1><p>b</p></body></html>trailing <i>words</i>", name: "a.html").fragments.map(\.text) == ["A", "b", "trailing words"])
    }

    @Test("A list inside a paragraph does not change the place of what follows")
    func behindLists() throws {
        #expect(try topic("<p>Use:<ul><li>oil</li></ul>and a cloth.</p>") == ["Use:", "oil", "and a cloth."])
        let module = "<dmodule><content><description><para>Use<randomList><listItem><para>oil</para></listItem></randomList>and a cloth.</para></description></content></dmodule>"
        #expect(try texts(module, "a.xml") == ["Use", "oil", "and a cloth."])
        let book = "<article><title>T</title><para>Use<itemizedlist><listitem><para>oil</para></listitem></itemizedlist>and a cloth.</para></article>"
        #expect(try texts(book, "a.xml") == ["T", "Use", "oil", "and a cloth."])
    }

    // MARK: Blocks and running text

    @Test("Blocks part words, whatever holds them")
    func blocks() throws {
        #expect(try page("<table><tr><td>Torque<div>5 Nm</div></td><td>Bolt<ul><li>M8</li></ul></td></tr></table>") == ["Torque 5 Nm Bolt M8"])
        #expect(try sheet("<html><body><table><tr><td>Seal<p>AB12</p></td></tr></table></body></html>", name: "a.html").identifiers == ["AB12"])
        #expect(try topic("<note>Hot<p>surface</p></note>") == ["Hot surface"])
        #expect(try topic("<p>Read<fn>below</fn>this</p>") == ["Read below this"])
        #expect(try texts("<article><title>T</title><para>Run<screen>make</screen>now</para></article>", "a.xml").last == "Run make now")
        #expect(try texts("<TEI><text><body><table><row><cell>Oil<p>5 l</p></cell><cell>x</cell></row></table></body></text></TEI>", "a.xml") == ["Oil 5 l x"])
    }

    @Test("Running elements join, wherever nothing but they stands")
    func runs() throws {
        #expect(try page("<p><font>AB</font><font>-</font><font>77</font></p><li><span>Ven</span><em>til</em></li>") == ["AB-77", "Ventil"])
        #expect(try page("<div><span>Re</span><span>place</span> <i>it</i></div>") == ["Replace it"])
        #expect(try topic("<p><codeph>A</codeph><b>B</b> <i>C</i></p><ul><li><ph>x</ph><sup>2</sup></li></ul>") == ["AB C", "x2"])
        #expect(try texts("<TEI><text><body><p><hi>軸</hi><hi>受</hi></p></body></text></TEI>", "a.xml") == ["軸受"])
        #expect(try texts("<article><front><article-title><italic>p</italic><sub>1</sub></article-title></front></article>", "a.xml") == ["p1"])
        #expect(try texts("<dmodule><content><para><emphasis>CO</emphasis><subScript>2</subScript></para></content></dmodule>", "a.xml") == ["CO2"])
        let word = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>AB-</w:t></w:r><w:r><w:t>1234</w:t></w:r></w:p></w:body></w:document>"
        #expect(try sheet(word, name: "a.xml").identifiers == ["AB-1234"])
    }

    @Test("What shows something of its own parts words, but no sentence")
    func replaced() throws {
        #expect(try page("<form><label>Torque</label><input><label>Speed</label><select><option>a</select><label>Flow</label></form>") == ["Torque Speed Flow"])
        #expect(try page("open<img src='a.png'>the <b>pump</b><video></video>now<iframe></iframe>") == ["open the pump now"])
        #expect(try page("<table><tr><td>Oil<input>5 l<object><b>none</b></object>x</td></tr></table>") == ["Oil 5 l none x"])
    }

    @Test("A raised number that leads to a note is no part of the word before it; an exponent is")
    func noteMarks() throws {
        func article(_ text: String) throws -> Sheet { try sheet("<article><front><article-title>T</article-title></front><body><p>\(text)</p></body></article>", name: "a.xml") }
        #expect(try article("Two pumps<sup><xref ref-type='bibr'>12</xref>,<xref ref-type='bibr'>13</xref></sup>run").fragments.last?.text == "Two pumps 12,13 run")
        #expect(try article("pumps<xref ref-type='fn'><sup>12</sup></xref>").identifiers.isEmpty)
        #expect(try article("5 m<sup>2</sup>, CO<sub>2</sub>, <xref>Fig</xref>s").fragments.last?.text == "5 m2, CO2, Figs")
        #expect(try page("<p>pumps<sup class='r'><a href='#n1'>[12]</a></sup> and<a href='#n2'><sup>3</sup></a>, m<sup>2</sup>, x<sup>a<a>b</a></sup></p>") == ["pumps [12] and 3 , m2, xab"])
        #expect(try page("<table><tr><td>pumps<sup><a href='#n1'>12</a></sup></td></tr></table>") == ["pumps 12"])
        #expect(try texts("<TEI><text><body><p>pumps<ref target='#n1'>12</ref> and<ptr type='noteAnchor' target='#a'/>re<ref target='#b'>place</ref></p></body></text></TEI>", "a.xml") == ["pumps 12 and replace"])
    }

    @Test("Lines of code that are marked one by one are lines; pieces of one are not")
    func codeLines() throws {
        #expect(try topic("<codeblock><codeph>stop</codeph><codeph>start</codeph></codeblock><p><codeph>A</codeph><codeph>B</codeph></p>") == ["stop start", "AB"])
        #expect(try topic("<codeblock>a<userinput>b</userinput>c <userinput>d</userinput></codeblock>") == ["abc d"])
        #expect(try sheet("<topic id='t'><title>T</title><body><parml><plentry><pt>-v</pt><pd>More</pd></plentry></parml></body></topic>", name: "a.dita").fragments.last?.kind == .listItem)
    }

    @Test("What a page hides is not read, but a page that is hidden until it is loaded is")
    func hidden() throws {
        #expect(try page("<p>Stop.</p><p hidden>Draft XX-9999</p><div style='color:red; display: none'>YY-8888</div><table><tr><td>a<span style='DISPLAY:NONE'>b</span></td></tr></table>") == ["Stop.", "a"])
        #expect(try texts("<html><body style='display:none'><p>Stop.</p></body></html>", "a.html") == ["Stop."])
    }

    @Test("The title is the page's, not a drawing's")
    func drawingTitle() throws {
        #expect(try sheet("<html><body><svg><title>Icon</title></svg><p>Stop.</p><title>Pump</title></body></html>", name: "a.html").title == "Pump")
        #expect(try sheet("<!DOCTYPE html><html><body><svg><title>Icon</title></svg><h1>Pump</h1></body></html>", name: "a.html").title == "Pump")
    }

    @Test("Targets are relative to the base that a page names", arguments: [
        ("img/", ["img/a.png", "/b.png", "http://x.example/c.png"]), ("../x/index.html", ["../x/a.png", "/b.png", "http://x.example/c.png"]),
        ("https://y.example/z/", ["https://y.example/z/a.png", "/b.png", "http://x.example/c.png"]), ("file:///C:/x/", ["a.png", "/b.png", "http://x.example/c.png"]), ("page.html", ["a.png", "/b.png", "http://x.example/c.png"]),
    ])
    func base(href: String, targets: [String]) throws {
        let html = "<html><head><base href='\(href)'></head><body><p>x <img src='a.png'><a href='/b.png'>b</a><img src='http://x.example/c.png'></p></body></html>"
        #expect(try sheet(html, name: "a.html").figures.map(\.target) == targets)
    }

    @Test("Pictures that are loaded when they are looked at are found, and those behind a query", arguments: [
        ("<img src='blank.gif' data-src='a.png'>", "a.png"), ("<img src='data:image/gif;base64,R0' data-srcset='a.png 1x, b.png 2x'>", "a.png"), ("<img srcset='a.png, b.png 2x'>", "a.png"),
        ("<img src='a.png' srcset='b.png 2x'>", "a.png"), ("<a href='a.png?dl=1'>x</a>", "a.png?dl=1"), ("<img src='data:image/gif;base64,R0' srcset='a.png 2x'>", "a.png"),
    ])
    func lazyPictures(tag: String, target: String) throws {
        #expect(try sheet("<html><body><p>x \(tag)</p></body></html>", name: "a.html").figures.map(\.target) == [target])
    }

    @Test("Runs of Word 2003 join, and commands to terminals are no words")
    func runsOfPrograms() throws {
        let word = "<w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'><w:body><w:p><w:r><w:t>AB-</w:t></w:r><w:r><w:t>1234</w:t></w:r></w:p></w:body></w:wordDocument>"
        #expect(try sheet(word, name: "a.xml").identifiers == ["AB-1234"])
        let text = try sheet("Pump\n\n\u{1B}[1mbold\u{1B}[0;31m AB-1234\u{1B}[m\n")
        #expect(text.fragments.last?.text == "bold AB-1234" && text.identifiers == ["AB-1234"])
    }

    // MARK: Said twice

    @Test("Of ruby the base text counts")
    func ruby() throws {
        #expect(try page("<p><ruby>弁<rp>（</rp><rt>べん</rt><rp>）</rp></ruby>を閉じる</p>") == ["弁を閉じる"])
        #expect(try page("<ul><li><ruby><rb>軸</rb><rb>受</rb><rtc><rt>じく</rt><rt>うけ</rt></rtc></ruby>の点検</ul>") == ["軸受の点検"])
        #expect(try page("<table><tr><td><ruby>油<rt>あぶら</ruby>量</td></tr></table>") == ["油量"])
        #expect(try texts("<TEI><text><body><p><ruby><rb>軸受</rb><rt>じくうけ</rt></ruby>の交換</p></body></text></TEI>", "a.xml") == ["軸受の交換"])
        #expect(try sheet("<topic id='a'><title><ruby>弁<rt>べん</rt></ruby>の交換</title></topic>", name: "a.dita").title == "弁の交換")
    }

    @Test("Of TEI's alternatives the editors' reading counts")
    func choice() throws {
        func body(_ text: String) throws -> String { try texts("<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><p>\(text)</p></body></text></TEI>", "a.xml").joined(separator: "|") }
        #expect(try body("the <choice><reg>pump</reg><orig>pumpe</orig></choice> is") == "the pump is")
        #expect(try body("<choice>\n<abbr>Fig.</abbr>\n<expan>Fig<ex>ure</ex></expan>\n</choice> one") == "Figure one")
        #expect(try body("a <app><rdg wit='#A'>first</rdg><rdg wit='#B'>second</rdg></app> b") == "a first b")
        #expect(try body("a <choice><unclear>o</unclear><unclear>a</unclear></choice> b") == "a o b")
        #expect(try body("Ven\n<lb break='no'/>til and ven-<pb break='no' n='3'/>\ntil, line<lb/>end") == "Ventil and ventil, line end")
        #expect(try body("<sic>alone</sic> <abbr>stays</abbr>") == "alone stays")
        let title = "<TEI><teiHeader><fileDesc><titleStmt><title><choice><sic>Pmup</sic><corr>Pump</corr></choice> book</title></titleStmt></fileDesc></teiHeader><text><body><p>x</p></body></text></TEI>"
        #expect(try sheet(title, name: "a.xml").title == "Pump book")
    }

    @Test("LaTeX documents around a formula are no text")
    func texMath() throws {
        let tex = "\\documentclass[12pt]{minimal} \\usepackage{amsmath} \\begin{document}$$x$$\\end{document}"
        func article(_ formula: String) throws -> Sheet {
            try sheet("<article><front><article-title>T</article-title></front><body><p>The flow \(formula) rises.</p></body></article>", name: "a.xml")
        }
        func last(_ formula: String) throws -> String? { try article(formula).fragments.last?.text }
        #expect(try last("<inline-formula><tex-math>\(tex)</tex-math></inline-formula>") == "The flow x rises.")
        #expect(try last("<inline-formula><alternatives><tex-math>\(tex)</tex-math><graphic xlink:href='e.gif' xmlns:xlink='http://www.w3.org/1999/xlink'/></alternatives></inline-formula>") == "The flow x rises.")
        #expect(try last("<inline-formula><tex-math>\(tex)</tex-math><math xmlns='http://www.w3.org/1998/Math/MathML'><mi>y</mi></math></inline-formula>") == "The flow y rises.")
        #expect(try last("<inline-formula><math><semantics><mi>y</mi><annotation encoding='application/x-tex'>\\frac</annotation></semantics></math></inline-formula>") == "The flow y rises.")
        #expect(try article("<alternatives><graphic href='e.gif'/><tex-math>a</tex-math></alternatives>").figures.map(\.target) == ["e.gif"])
    }

    // MARK: Entities

    @Test("An undeclared name stays as it is written, and a sign's name is the sign")
    func entities() throws {
        #expect(try texts("<!DOCTYPE topic SYSTEM 'topic.dtd'><topic id='a'><title>&brand; &prod; &deg; &mdash;</title></topic>", "a.dita") == ["&brand; &prod; ° —"])
        let header = "<!DOCTYPE dmodule [<!ENTITY % ISOEntities PUBLIC 'ISO 8879-1986//ENTITIES ISO Character Entities 20030531//EN//XML' 'http://www.s1000d.org/ISOEntities'> %ISOEntities;]>"
        #expect(try texts("<?xml version='1.0'?>\(header)<dmodule><content><para a='&deg;&x;'>5 &deg;C &mdash; &frac12; &other;</para></content></dmodule>", "a.xml") == ["5 °C — ½ &other;"])
        #expect(try texts("<!DOCTYPE a [<!ENTITY own 'Kobo'><!ENTITY chapter SYSTEM 'chapter.xml'>]><a>By &own;: &chapter; end</a>", "a.xml") == ["By Kobo: &chapter; end"])
        #expect(outcome("<a>&brand;</a>", name: "a.xml").reason == .notWellFormed)
    }

    @Test("A chapter that lies in another file is named where it belongs")
    func chapters() throws {
        let book = "<!DOCTYPE book [<!ENTITY one SYSTEM 'one.xml'>]><book><title>T</title>&one;<chapter><title>Two</title><para>a</para><para>b</para></chapter></book>"
        #expect(try texts(book, "a.xml") == ["T", "&one;", "Two", "a", "b"])
        let map = "<!DOCTYPE topic [<!ENTITY steps SYSTEM 'steps.ent'>]><topic id='a'><title>T</title><body><p>a</p>&steps;<p>b</p></body></topic>"
        #expect(try texts(map, "a.dita") == ["T", "a", "&steps;", "b"])
    }

    @Test("A sheet tells which files it was read without: entities that its text refers to, and XInclude")
    func parts() throws {
        let entities = "<!DOCTYPE a [<!ENTITY one SYSTEM 'part%201.xml'><!ENTITY two SYSTEM 'two.xml'><!ENTITY own 'x &one;'><!ENTITY pic SYSTEM 'p.tif' NDATA tif>]>"
        func parts(_ body: String, _ head: String = entities) throws -> [String] {
            try sheet(head + body, name: "a.xml").parts.map { "\($0.target) \($0.place.display)" }
        }
        #expect(try parts("<a><b>T</b><c>R&amp;D &two; &one; and &one;</c></a>") == ["two.xml /a[1]/c[1]", "part 1.xml /a[1]/c[1]"])
        #expect(try parts("<a><b>T</b><c>&own;</c></a>") == ["part 1.xml /a[1]/c[1]"])
        #expect(try parts("<a><b>T</b></a>").isEmpty)
        let include = "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='chapters/2.xml'><xi:fallback><para>none</para></xi:fallback></xi:include>"
        #expect(try parts("<book><title>T</title>\(include)<include href='other.xml'/></book>", "") == ["chapters/2.xml /book[1]/*[2]"])
    }

    @Test("Names of texts that stand elsewhere are no words of a sheet")
    func namesOfParts() throws {
        let head = "<!DOCTYPE book SYSTEM 'b.dtd' [<!ENTITY chap01 SYSTEM 'chap%2001.xml'><!ENTITY chap02 SYSTEM 'chap02.xml'>]>"
        let all = outcome(head + "<book>&chap01; <part>&chap02;</part></book>", name: "a.xml")
        #expect(all.reason == .unsupportedFormat)
        #expect(all.message?.contains("chap 01.xml, chap02.xml") == true)
        #expect(outcome("<!DOCTYPE d SYSTEM 'd.dtd'><d>&c;</d>", name: "a.xml").reason == .unsupportedFormat)
        let some = try sheet(head + "<book>&chap01;<part>Pump AB-1234 &chap02; &MX77;</part></book>", name: "a.xml")
        #expect(some.title == "Pump AB-1234 &chap02; &MX77;")
        #expect(some.identifiers == ["AB-1234"])
        #expect(some.parts.map(\.target) == ["chap 01.xml", "chap02.xml"])
        #expect(try sheet("T\n\nR&D12; R&AB-12 CD-34;", name: "a.txt").identifiers == ["AB-12", "CD-34"])
    }

    @Test("A next-line character is white space as it stands, and Windows' sign as a number")
    func nextLine() throws {
        #expect(try texts("<a><b>T</b><c>one\u{85}two&#133;&#x85; 軸\u{85}受</c></a>", "a.xml") == ["T", "one two…… 軸受"])
        #expect(try texts("<!DOCTYPE a [<!ENTITY e 'x\u{85}y'>]><a>&e;</a>", "a.xml") == ["x y"])
        #expect(try page("<p>one\u{85}two&#133;</p>") == ["one two…"])
    }

    @Test("A piece of a page is read whatever its name ends in, but broken XML is reported")
    func pieces() throws {
        #expect(try texts("<p>Use <b>oil</b><br>now &nbsp; ok", "a.txt") == ["Use oil now ok"])
        #expect(try texts("<!-- old --><table><tr><td>M8<td>5 Nm</table>", "a") == ["M8 5 Nm"])
        #expect(outcome("<p><b>x</p>", name: "a.xml").reason == .notWellFormed)
        #expect(try texts("<3 kg>\n", "a.txt") == ["<3 kg>"])
    }

    @Test("Numbers of Windows' signs mean these signs")
    func windowsNumbers() throws {
        #expect(try page("<p>10&#150;20 &#8211; &#x93;a&#148; 5&nbsp;&#128;&#133;</p>") == ["10–20 – “a” 5 €…"])
        #expect(try texts("<a>10&#150;20</a>", "a.xml") == ["10–20"])
        #expect(try texts("10&#150;20 &#8364;", "a.md") == ["10–20 €"])
    }

    // MARK: No words

    private static let bytes: String = {
        var generator = SeededGenerator(state: 7)
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        return String((0..<6000).map { _ in letters[Int.random(in: 0..<64, using: &generator)] })
    }()

    private static var lines: String {
        var rest = bytes[...]
        var lines: [Substring] = []
        while !rest.isEmpty {
            lines.append(rest.prefix(76))
            rest = rest.dropFirst(76)
        }
        return lines.joined(separator: "\n")
    }

    @Test(
        "Encoded bytes are no words and no part numbers",
        arguments: [
            ("# Pump\n\nStop.\n\n[![pump](data:image/png;base64,%)](x)\n", "a.md"), ("# Pump\n\nStop.\n\n![pump][p]\n\n[p]: data:image/png;base64,% \"pump\"\n", "a.md"),
            ("# Pump\n\nStop. <img alt='x' src='data:image/png;base64,%'>\n", "a.md"), ("Pump\n\nStop.\n\n%\n", "a.txt"), ("Pump\n\nStop.\n\n#\n", "a.txt"),
            ("<FictionBook xmlns='http://www.gribuser.ru/xml/fictionbook/2.0'><body><title><p>Pump</p></title><p>Stop.</p></body><binary id='a' content-type='image/png'>#</binary></FictionBook>", "a.fb2"),
            ("<r><title>Pump</title><p>Stop.</p><data encoding='base64'>%</data></r>", "a.xml"),
            ("<html><title>Pump</title><body><p>Stop.</p><p>data:image/png;base64,%</p></body></html>", "a.html"),
        ])
    func encodedBytes(text: String, name: String) throws {
        let read = try sheet(text.replacing("%", with: Self.bytes).replacing("\n#\n", with: "\n" + Self.lines + "\n").replacing(">#<", with: ">\(Self.lines)<"), name: name)
        #expect(read.title == "Pump" && read.identifiers.isEmpty)
        #expect(read.fragments.contains { $0.text == "Stop." || $0.text == "Pump Stop." })
        #expect(read.fragments.allSatisfy { $0.text.utf8.count < 40 }, "\(read.fragments.map(\.text))")
    }

    @Test("Checksums, paths and long numbers are words")
    func longWords() throws {
        let words = ["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "photos/2020/archive/AB12/Pump-station-north-side-front-view-0001", "see data: none"]
        for word in words { #expect(try texts("Pump\n\n\(word)\n", "a.txt").last == word) }
    }
}
