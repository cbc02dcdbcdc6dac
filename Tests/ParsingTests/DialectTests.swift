import Documents
import Testing

@Suite("Families of XML")
struct DialectTests {
    private func kinds(_ sheet: Sheet) -> [String] { sheet.fragments.map { "\($0.kind): \($0.text)" } }

    @Test("DocBook 4 and 5", arguments: ["", " xmlns=\"http://docbook.org/ns/docbook\""])
    func docbook(namespace: String) throws {
        let xml = """
            <article\(namespace)><info><title>Pump</title><author>Nobody</author></info><section><title>Removal</title>
            <warning><para>Hot.</para></warning><para>Use <productname>oil</productname>.</para><procedure><step><para>Open P-1234.</para></step></procedure>
            <itemizedlist><listitem><para>Item</para></listitem></itemizedlist><figure><title>Seal</title><mediaobject><imageobject>
            <imagedata fileref="seal.png"/></imageobject></mediaobject></figure><table><tgroup><tbody><row><entry>a</entry><entry>b</entry></row></tbody></tgroup></table>
            <partnumber>77-1</partnumber></section></article>
            """
        let sheet = try sheet(xml)
        #expect(sheet.format == .docbook && sheet.title == "Pump")
        #expect(kinds(sheet) == [
            "title: Pump", "title: Removal", "warning: Hot.", "paragraph: Use oil.", "step: Open P-1234.", "listItem: Item", "caption: Seal",
            "row: a b", "paragraph: 77-1",
        ])
        #expect(sheet.figures.map(\.target) == ["seal.png"])
        #expect(sheet.identifiers == ["P-1234", "77-1"])
        for fragment in sheet.fragments { #expect(text(at: fragment.place.display, in: xml)?.contains(fragment.text.prefix(1)) ?? false) }
    }

    @Test("TEI")
    func tei() throws {
        let sheet = try sheet("""
            <TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>機巧図彙</title><author>細川</author></titleStmt>
            <publicationStmt><p>legal</p></publicationStmt><sourceDesc><bibl>x</bibl></sourceDesc></fileDesc></teiHeader>
            <facsimile><graphic url="p1.jpg"/></facsimile><text><body><head>巻首</head><pb facs="#z1"/><p>からくり<note>注</note></p>
            <list><item>一</item></list><figure><figDesc>時計</figDesc><graphic url="clock.tif"/></figure></body></text></TEI>
            """)
        #expect(sheet.format == .tei && sheet.title == "機巧図彙")
        #expect(kinds(sheet) == [
            "title: 機巧図彙", "title: 巻首", "paragraph: からくり", "paragraph: 注", "listItem: 一", "caption: 時計",
        ])
        #expect(sheet.figures.map(\.target) == ["p1.jpg", "clock.tif"])
    }

    @Test("JATS")
    func jats() throws {
        let sheet = try sheet("""
            <article xmlns:xlink="http://www.w3.org/1999/xlink"><front><journal-meta><journal-title>J</journal-title></journal-meta><article-meta>
            <title-group><article-title>On <italic>pumps</italic></article-title></title-group><abstract><p>Short.</p></abstract></article-meta></front>
            <body><sec><title>Method</title><p>We did.</p><fig><label>Figure 1</label><caption><p>The pump</p></caption><graphic xlink:href="f1"/></fig>
            <table-wrap><table><tr><td>1</td><td>2</td></tr></table></table-wrap></sec></body><back><ref-list><ref>x</ref></ref-list></back></article>
            """)
        #expect(sheet.format == .jats && sheet.title == "On pumps")
        #expect(kinds(sheet) == [
            "title: On pumps", "paragraph: Short.", "title: Method", "paragraph: We did.", "paragraph: Figure 1", "caption: The pump", "row: 1 2",
        ])
        #expect(sheet.figures.map(\.target) == ["f1"])
    }

    @Test("HTML, well-formed or as people write it", arguments: ["<p>Use oil.</p><br/>", "<p>Use oil.<br>"])
    func html(paragraph: String) throws {
        let sheet = try sheet("""
            <!DOCTYPE html><html lang="ja"><head><title>手順書</title><style>p {}</style></head><body><nav>Menu</nav><h1>Pump</h1>\(paragraph)
            <ol><li>Open</li><li>Close</li></ol><ul><li>Item</li></ul><div class="admonition warning">Hot.</div>
            <table><tr><td>a</td><td>b</td></tr></table><img src="a%20b.jpg" alt="x"/><a href="big.tif">big</a></body></html>
            """)
        #expect(sheet.format == .html && sheet.title == "手順書" && sheet.language == "ja")
        #expect(kinds(sheet) == [
            "title: 手順書", "title: Pump", "paragraph: Use oil.", "step: Open", "step: Close", "listItem: Item", "warning: Hot.", "row: a b", "paragraph: big",
        ])
        #expect(sheet.figures.map(\.target) == ["a b.jpg", "big.tif"])
    }

    @Test("A piece of HTML is told by its extension")
    func piece() throws {
        #expect(try sheet("<p>Open <b>P-1234</b><br>and close.<ul><li>Item", name: "a.htm").fragments.map(\.text) == ["Open P-1234 and close.", "Item"])
        #expect(outcome("<p>Open<br>", name: "a.xml").reason == .notWellFormed)
    }
}
