import Documents
import Testing

@Suite("Plain text and Markdown")
struct PlainTextTests {
    @Test("Marks at the beginning of a line make steps, warnings and items")
    func marks() throws {
        let text = """
            点検要領

            この要領は
            毎月行う。
            警告：手を入れない。
            ① 電源を切る
            (2) 待つ
               五分以上
            手順3 開ける
            ・ボルト
            - ナット
            NOTE Keep it dry.
            Note that this is prose.

            1.5 mm 以下
            """
        let sheet = try sheet(text)
        #expect(sheet.fragments.map { "\($0.kind) \($0.place.display): \($0.text)" } == [
            "title line 1: 点検要領", "paragraph lines 3-4: この要領は毎月行う。", "warning line 5: 警告：手を入れない。",
            "step line 6: ① 電源を切る", "step lines 7-8: (2) 待つ五分以上", "step line 9: 手順3 開ける", "listItem line 10: ・ボルト",
            "listItem line 11: - ナット", "warning lines 12-13: NOTE Keep it dry. Note that this is prose.", "paragraph line 15: 1.5 mm 以下",
        ])
    }

    @Test("All line ends count as editors count them", arguments: ["\n", "\r\n", "\r"])
    func lineEnds(end: String) throws {
        let sheet = try sheet(["A", "", "b", "c"].joined(separator: end))
        #expect(sheet.fragments.map(\.place) == [.lines(first: 1, last: 1), .lines(first: 3, last: 4)])
    }

    @Test("Names of pictures in the text are figures")
    func figures() throws {
        let text = "図は photo_12.jpg を参照。「図面/pump.tif」、組立図はfig-3.PNGです (see a/b.jpeg). not.a.picture e.g. jpg"
        #expect(try sheet(text).figures.map(\.target) == ["photo_12.jpg", "図面/pump.tif", "fig-3.PNG", "a/b.jpeg"])
    }

    @Test("Part and drawing numbers are found, quantities are not")
    func identifiers() throws {
        let text = "品番 AB-1234、図番 1023-45。M8x25 を 100mm、1.5kg、25Nm で。P/N: 4711 2024 ABCD AB-1234 R2"
        #expect(try sheet(text).identifiers == ["AB-1234", "1023-45", "M8x25", "4711"])
    }

    @Test("At most 200 identifiers are kept")
    func cap() throws {
        #expect(try sheet((0..<500).map { "AB-\(1000 + $0)" }.joined(separator: " ")).identifiers.count == 200)
    }

    @Test("A long first line is shortened to a title")
    func longTitle() throws {
        #expect(try sheet(String(repeating: "word ", count: 100)).title.count <= 121)
    }

    @Test("Markdown headings, lists, tables and pictures are read")
    func markdown() throws {
        let text = """
            ---
            author: me
            ---
            # Pump [A](x.html) #

            Remove ![the seal](img/seal%201.jpg "Seal") now.
            See [photo](b.png).

            1. Open
            * Part
            > WARNING: hot

            | a | b |
            |---|---|
            | 1 | 2 |

            ```
            ![code](no.jpg)
            ```
            Setext
            ------
            <img width="3" src='c d.jpg'>
            """
        let sheet = try sheet(text, name: "README.md")
        #expect(sheet.title == "Pump A")
        #expect(sheet.fragments.map { "\($0.kind) \($0.place.display): \($0.text)" } == [
            "title line 4: Pump A", "paragraph lines 6-7: Remove the seal now. See photo.", "step line 9: 1. Open", "listItem line 10: * Part",
            "warning line 11: WARNING: hot", "row line 13: a b", "row line 15: 1 2", "paragraph line 18: ![code](no.jpg)", "title line 20: Setext",
        ])
        #expect(sheet.figures.map(\.target) == ["img/seal 1.jpg", "b.png", "c d.jpg"])
    }
}
