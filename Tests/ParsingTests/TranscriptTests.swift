import Documents
import Testing

/// What transcripts in the wild do that the plain ones of `CompanionTests` do not.
@Suite("Transcripts in the wild")
struct TranscriptTests {
    private func lines(_ xml: String) throws -> [String] { try companion(xml).pages.first?.text.lines.map(\.text) ?? [] }

    private func page(_ content: String, attributes: String = "imageFilename='p.png' imageWidth='100' imageHeight='100'") -> String {
        "<PcGts xmlns='urn:page'><Metadata><Creator>x</Creator></Metadata><Page \(attributes)>\(content)</Page></PcGts>"
    }

    private func region(_ id: String, _ text: String, _ more: String = "") -> String {
        "<TextRegion id='\(id)'>\(more)<TextLine><TextEquiv><Unicode>\(text)</Unicode></TextEquiv></TextLine></TextRegion>"
    }

    @Test("Of several transcriptions the lowest index counts, else the surest, else the first", arguments: [
        ("<TextEquiv index='2'><Unicode>c</Unicode></TextEquiv><TextEquiv index='1'><Unicode>b</Unicode></TextEquiv>", "b"),
        ("<TextEquiv index='10'><Unicode>c</Unicode></TextEquiv><TextEquiv index='9'><Unicode>b</Unicode></TextEquiv>", "b"),
        ("<TextEquiv><Unicode>c</Unicode></TextEquiv><TextEquiv index='3'><Unicode>b</Unicode></TextEquiv>", "b"),
        ("<TextEquiv index='0'><Unicode> </Unicode></TextEquiv><TextEquiv index='1'><Unicode>b</Unicode></TextEquiv>", "b"),
        ("<TextEquiv conf='0.3'><Unicode>c</Unicode></TextEquiv><TextEquiv conf='0.8'><Unicode>b</Unicode></TextEquiv>", "b"),
        ("<TextEquiv index='0' conf='0.1'><Unicode>b</Unicode></TextEquiv><TextEquiv index='1' conf='0.9'><Unicode>c</Unicode></TextEquiv>", "b"),
        ("<TextEquiv><Unicode>b</Unicode></TextEquiv><TextEquiv><Unicode>c</Unicode></TextEquiv>", "b"),
        ("<TextEquiv><PlainText>b</PlainText></TextEquiv>", "b"), ("<TextEquiv><PlainText>c</PlainText><Unicode>b</Unicode></TextEquiv>", "b"), ("<TextEquiv><PlainText>b</PlainText><Unicode/></TextEquiv>", "b"),
        ("<TextEquiv index='x'><Unicode>b</Unicode></TextEquiv><TextEquiv index='x'><Unicode>c</Unicode></TextEquiv>", "b"),
    ])
    func choice(equivalents: String, expected: String) throws {
        #expect(try lines(page("<TextRegion><TextLine>\(equivalents)</TextLine></TextRegion>")) == [expected])
        #expect(try lines(page("<TextRegion><TextLine><Word>\(equivalents)</Word></TextLine></TextRegion>")) == [expected])
        #expect(try lines(page("<TextRegion>\(equivalents)</TextRegion>")) == [expected])
    }

    @Test("The reading order goes by index, in groups within groups too")
    func order() throws {
        let flat = "<ReadingOrder><OrderedGroup><RegionRefIndexed index='2' regionRef='a'/><RegionRefIndexed index='0' regionRef='b'/><RegionRefIndexed index='1' regionRef='c'/></OrderedGroup></ReadingOrder>"
        #expect(try lines(page(flat + region("a", "third") + region("b", "first") + region("c", "second"))) == ["first", "second", "third"])
        let deep = """
            <ReadingOrder><OrderedGroup><OrderedGroupIndexed index='10'><RegionRefIndexed index='1' regionRef='a'/><RegionRefIndexed index='0' regionRef='b'/></OrderedGroupIndexed>
            <UnorderedGroupIndexed index='9'><RegionRef regionRef='c'/><RegionRef regionRef='d'/></UnorderedGroupIndexed></OrderedGroup></ReadingOrder>
            """
        #expect(try lines(page(deep + "abcd".map { region("\($0)", "\($0)") }.joined())) == ["c", "d", "b", "a"])
    }

    @Test("Cells of tables are read row by row, however they are written")
    func tables() throws {
        func cell(_ row: Int, _ column: Int) -> String { "<TableCell row='\(row)' col='\(column)'><TextLine><TextEquiv><Unicode>\(row)\(column)</Unicode></TextEquiv></TextLine></TableCell>" }
        let cells = cell(10, 0) + cell(1, 1) + cell(0, 1) + cell(0, 0) + cell(1, 0)
        #expect(try lines(page("<TableRegion>\(cells)</TableRegion>" + region("z", "after"))) == ["00", "01", "10", "11", "100", "after"])
        func role(_ row: Int, _ column: Int) -> String { "<Roles><TableCellRole rowIndex='\(row)' columnIndex='\(column)'/></Roles>" }
        let regions = region("a", "second", role(0, 1)) + region("b", "first", role(0, 0))
        #expect(try lines(page("<TableRegion>\(regions)</TableRegion>")) == ["first", "second"])
    }

    @Test("A container that nobody knows keeps its place and its order")
    func containers() throws {
        let order = "<ReadingOrder><OrderedGroup><RegionRefIndexed index='0' regionRef='d'/><RegionRefIndexed index='1' regionRef='b'/><RegionRefIndexed index='2' regionRef='a'/></OrderedGroup></ReadingOrder>"
        let inner = "<Column>\(region("a", "third"))<Box>\(region("b", "second"))</Box></Column>"
        #expect(try lines(page(order + inner + region("d", "first"))) == ["first", "second", "third"])
        #expect(try lines(page("<Border><Coords points='0,0 1,1'/></Border>" + region("x", "one"))) == ["one"])
    }

    @Test("Other pictures of a page have its text, and its places unless something was moved")
    func alternatives() throws {
        let coords = "<Coords points='10,10 50,10 50,30 10,30'/>"
        let text = "<TextRegion><TextLine>\(coords)<TextEquiv><Unicode>one</Unicode></TextEquiv></TextLine></TextRegion>"
        let others = "<AlternativeImage filename='img/p.bin.png' comments='binarized'/><AlternativeImage filename='img/p.crop.png' comments='binarized,cropped'/><AlternativeImage filename='p.png'/>"
        let pages = try companion(page(others + text)).pages
        #expect(pages.map(\.image) == ["p.png", "img/p.bin.png", "img/p.crop.png"])
        #expect(pages.map(\.page) == [1, 1, 1])
        #expect(pages.map { $0.text.lines.map(\.text) } == [["one"], ["one"], ["one"]])
        #expect(pages.map { $0.text.lines[0].box == nil } == [false, false, true])
        #expect(try companion(page(others)).pages.count == 1, "without text there is nothing to share")
        // Pictures of a region show no page.
        #expect(try companion(page("<TextRegion><AlternativeImage filename='r.png'/><TextEquiv><Unicode>one</Unicode></TextEquiv></TextRegion>")).pages.count == 1)
    }

    @Test("Words of Chinese and Japanese stand without spaces, others with one", arguments: [
        (["軸", "受", "を", "交", "換"], "軸受を交換"), (["Torque", "25", "Nm"], "Torque 25 Nm"), (["ポンプ", "P-101", "を", "止める"], "ポンプP-101を止める"),
        (["图", "3", "所示"], "图3所示"), (["볼트를", "조인다"], "볼트를 조인다"), (["ＡＢＣ", "１２"], "ＡＢＣ １２"), (["（", "注", "）", "「", "a", "b", "」"], "（注）「a b」"),
        (["ﾎﾟﾝﾌﾟ", "ヲ"], "ﾎﾟﾝﾌﾟヲ"),
    ])
    func spaces(words: [String], line: String) throws {
        let strings = words.map { "<String CONTENT='\($0)'/>" }
        #expect(try lines("<alto><Layout><Page><TextLine>\(strings.joined())</TextLine></Page></Layout></alto>") == [line])
        #expect(try lines("<alto><Layout><Page><TextLine>\(strings.joined(separator: "<SP/>"))</TextLine></Page></Layout></alto>") == [line])
        let elements = words.map { "<Word><TextEquiv><Unicode>\($0)</Unicode></TextEquiv></Word>" }.joined()
        #expect(try lines(page("<TextRegion><TextLine>\(elements)</TextLine></TextRegion>")) == [line])
        let spans = words.map { "<span class='ocrx_word'>\($0)</span>" }.joined(separator: " ")
        #expect(try lines("<html><body><div class='ocr_page'><span class='ocr_line'>\(spans)</span></div></body></html>") == [line])
        #expect(try lines("<html><body><div class='ocr_page'><p class='ocr_par'>\(spans)</p></div></body></html>") == [line])
    }

    @Test("What a person wrote as a line keeps its spaces")
    func written() throws {
        #expect(try lines(page("<TextRegion><TextLine><TextEquiv><Unicode>品名 数量</Unicode></TextEquiv></TextLine></TextRegion>")) == ["品名 数量"])
        #expect(try lines("<html><body><div class='ocr_page'><span class='ocr_line'>品名 数量</span></div></body></html>") == ["品名 数量"])
    }

    private func word(_ text: String, _ left: Int, _ top: Int, _ right: Int, _ bottom: Int, sure: Int = 80) -> String {
        "<span class='ocrx_word' title='bbox \(left) \(top) \(right) \(bottom); x_wconf \(sure)'>\(text)</span> "
    }

    @Test("hOCR words without lines make the lines that their places make")
    func words() throws {
        let words = word("Torque", 0, 0, 30, 10, sure: 60) + word("25", 35, 1, 45, 11, sure: 80) + word("Turn", 0, 20, 20, 30) + word("left", 25, 18, 45, 30) + word("next", 0, 19, 20, 31)
        for body in ["<p class='ocr_par'>\(words)</p>", "<div class='ocr_carea'>\(words)</div>", words] {
            let found = try companion("<html><body><div class='ocr_page' title='image \"p.png\"; bbox 0 0 100 100'>\(body)</div></body></html>").pages[0].text.lines
            #expect(found.map(\.text) == ["Torque 25", "Turn left", "next"])
            #expect(found[0].box == Box(left: 0, top: 0, right: 29491, bottom: 7209))
            #expect(abs((found[0].confidence ?? 0) - 0.7) < 1e-6)
        }
    }

    @Test("Classes may have company, and words of lines are not read twice")
    func classes() throws {
        let line = "<span class='ocr_line first' title='bbox 0 0 50 10'><strong>\(word("One", 0, 0, 10, 10))</strong>\(word("two", 20, 0, 30, 10))</span>"
        let found = try companion("<html><body><div class='page ocr_page' title='bbox 0 0 100 100'><p class='ocr_par'>\(line)\(word("loose", 0, 20, 10, 30))</p></div></body></html>").pages[0]
        #expect(found.text.lines.map(\.text) == ["One two", "loose"])
    }

    @Test("A space that ALTO does not mark stands where strings stand apart", arguments: [
        ("<String CONTENT='Stop' HPOS='0' WIDTH='40' HEIGHT='10'/><String CONTENT='the' HPOS='48' WIDTH='30' HEIGHT='10'/><SP/><String CONTENT='pump' HPOS='90' WIDTH='40' HEIGHT='10'/>", "Stop the pump"),
        ("<String CONTENT='Stop' HPOS='0' WIDTH='40' HEIGHT='10'/><String CONTENT=',' HPOS='40' WIDTH='3' HEIGHT='10'/><SP/><String CONTENT='pump' HPOS='50' WIDTH='40' HEIGHT='10'/>", "Stop, pump"),
        ("<String CONTENT='Stop'/><String CONTENT='it'/><SP/>", "Stop it"), ("<String CONTENT='AB'/><String CONTENT='12'/><SP/><String CONTENT='x'/>", "AB12 x"),
    ])
    func unmarkedSpaces(strings: String, text: String) throws {
        #expect(try lines("<alto><Layout><Page WIDTH='200' HEIGHT='100'><PrintSpace><TextBlock><TextLine>\(strings)</TextLine></TextBlock></PrintSpace></Page></Layout></alto>") == [text])
    }

    @Test("A semicolon between quotes is part of hOCR's name", arguments: [("image \"a;b.png\"; bbox 0 0 9 9", "a;b.png"), ("bbox 0 0 9 9; image 'a;b.png'", "a;b.png"), ("image d'or.png; bbox 0 0 9 9", "d'or.png")])
    func quotedNames(title: String, name: String) throws {
        let title = title.replacing("\"", with: "&quot;").replacing("'", with: "&apos;")
        let page = "<html><body><div class='ocr_page' title='\(title)'><span class='ocr_line' title='bbox 0 0 5 5'>x</span></div></body></html>"
        #expect(try companion(page).pages.map(\.image) == [name])
    }
}
