import Documents
import Testing

@Suite("Companions of page images")
struct CompanionTests {
    @Test("ALTO gives lines with boxes, words and confidence")
    func alto() throws {
        let found = try companion("""
            <alto xmlns="urn:alto"><Description><sourceImageInformation><fileName>p1.tif</fileName></sourceImageInformation></Description>
            <Layout><Page WIDTH="1000" HEIGHT="2000"><PrintSpace><TextBlock><TextLine HPOS="100" VPOS="200" WIDTH="300" HEIGHT="50">
            <String CONTENT="One" WC="0.5"/><SP/><String CONTENT="two" WC="1.0"/></TextLine>
            <TextLine><String CONTENT="部品"/><String CONTENT="番号"/></TextLine><TextLine><String CONTENT=" "/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>
            """)
        #expect(found.kind == .alto)
        #expect(found.pages == [
            PageTranscript(image: "p1.tif", page: 1, text: PageText(source: .alto, lines: [
                .init(text: "One two", box: Box(left: 6554, top: 6554, right: 26214, bottom: 8192), confidence: 0.75),
                .init(text: "部品番号"),
            ]))
        ])
    }

    @Test("PAGE gives lines in the reading order, regions without lines as they are")
    func page() throws {
        let found = try companion("""
            <PcGts xmlns="urn:page"><Metadata><Creator>me</Creator></Metadata><Page imageFilename="img/p2.jpg" imageWidth="200" imageHeight="100">
            <ReadingOrder><OrderedGroup><RegionRefIndexed index="0" regionRef="b"/><RegionRefIndexed index="1" regionRef="a"/></OrderedGroup></ReadingOrder>
            <TextRegion id="a"><TextLine><Coords points="10,20 110,20 110,40 10,40"/><Word><TextEquiv><Unicode>two</Unicode></TextEquiv></Word>
            <Word><TextEquiv><Unicode>words</Unicode></TextEquiv></Word></TextLine><TextEquiv><Unicode>not this</Unicode></TextEquiv></TextRegion>
            <TextRegion id="b"><TextEquiv conf="0.9"><Unicode>whole
            region</Unicode></TextEquiv></TextRegion></Page></PcGts>
            """)
        #expect(found.kind == .page)
        #expect(found.pages.map(\.image) == ["img/p2.jpg"])
        #expect(found.pages[0].text.lines == [
            .init(text: "whole", confidence: 0.9), .init(text: "region", confidence: 0.9),
            .init(text: "two words", box: Box(left: 3277, top: 13107, right: 36044, bottom: 26214)),
        ])
    }

    @Test("A layout without a transcription is a companion without lines")
    func layout() throws {
        let found = try companion("<OCRDATASET><PAGE IMAGENAME='a.jpg' WIDTH='10' HEIGHT='10'><LINE X='1' Y='1' WIDTH='2' HEIGHT='2'/></PAGE></OCRDATASET>")
        #expect(found.kind == .ndlocr && found.pages.first?.image == "a.jpg" && found.pages.first?.text.lines == [])
    }

    @Test("The National Diet Library's OCR gives lines in their order")
    func ndlocr() throws {
        let found = try companion("""
            <OCRDATASET><PAGE IMAGENAME="d_25.jpg" WIDTH="2000" HEIGHT="1000"><TEXTBLOCK><LINE X="0" Y="0" WIDTH="20" HEIGHT="10" CONF="0.9" ORDER="1" STRING="庁舍"/></TEXTBLOCK>
            <LINE X="500" Y="500" WIDTH="500" HEIGHT="250" CONF="0.5" ORDER="0" STRING="第8章職員、"/></PAGE></OCRDATASET>
            """)
        #expect(found.pages[0].text.lines.map(\.text) == ["第8章職員、", "庁舍"])
        #expect(found.pages[0].text.lines[0].box == Box(left: 16384, top: 32768, right: 32768, bottom: 49151))
    }

    @Test("hOCR gives pages, well-formed or not", arguments: ["/", ""])
    func hocr(slash: String) throws {
        let found = try companion("""
            <!DOCTYPE html><html><head><meta name="ocr-system" content="t"\(slash)></head><body><div class="ocr_page" title='image "scan 1.tif"; bbox 0 0 100 200; ppageno 1'>
            <p class="ocr_par"><span class="ocr_line" title="bbox 10 20 60 40; baseline 0 -1"><span class="ocrx_word" title="bbox 10 20 30 40; x_wconf 90">Torque</span>
            <span class="ocrx_word" title="x_wconf 70">25</span></span></p></div></body></html>
            """)
        #expect(found.kind == .hocr)
        #expect(found.pages.map(\.image) == ["scan 1.tif"] && found.pages.map(\.page) == [1])
        #expect(found.pages[0].text.lines.map(\.text) == ["Torque 25"])
        #expect(found.pages[0].text.lines[0].box == Box(left: 6554, top: 6554, right: 39321, bottom: 13107))
        #expect(abs((found.pages[0].text.lines[0].confidence ?? 0) - 0.8) < 1e-6)
    }

    @Test("METS gives its files with the pages they belong to")
    func mets() throws {
        let xml = """
            <m:mets xmlns:m="http://www.loc.gov/METS/" xmlns:x="http://www.w3.org/1999/xlink" LABEL="Book"><m:fileSec><m:fileGrp USE="IMG">
            <m:file ID="i1" MIMETYPE="image/tiff"><m:FLocat x:href="img/0001%20a.tif"/></m:file></m:fileGrp><m:fileGrp>
            <m:file ID="t1" MIMETYPE="text/xml"><m:FLocat x:href="alto/0001.xml"/></m:file><m:file ID="o"><m:FLocat x:href="other.pdf"/></m:file></m:fileGrp></m:fileSec>
            <m:structMap TYPE="LOGICAL"><m:div ID="L"><m:fptr FILEID="o"/></m:div></m:structMap>
            <m:structMap TYPE="PHYSICAL"><m:div><m:div ID="P1" TYPE="page"><m:fptr FILEID="i1"/><m:fptr><m:area FILEID="t1"/></m:fptr></m:div></m:div></m:structMap></m:mets>
            """
        let found = try companion(xml)
        #expect(found.kind == .mets && found.title == "Book")
        #expect(found.files.map(\.target) == ["img/0001 a.tif", "alto/0001.xml", "other.pdf"])
        #expect(found.files.map(\.page) == ["P1", "P1", nil])
        #expect(found.files.map(\.mediaType) == ["image/tiff", "text/xml", nil])
        for file in found.files { #expect(text(at: file.place.display, in: xml) != nil) }
    }

    @Test("Numbers that are none make no box and no crash", arguments: ["", "x", "nan", "inf", "-5", "1e400", "0"])
    func numbers(value: String) throws {
        let found = try companion("<alto><Layout><Page WIDTH='\(value)' HEIGHT='10'><TextLine HPOS='\(value)' VPOS='1' WIDTH='\(value)' HEIGHT='\(value)'><String CONTENT='a' WC='\(value)'/></TextLine></Page></Layout></alto>")
        #expect(found.pages[0].text.lines.map(\.box) == [nil])
        let region = try companion("<PcGts><Page imageWidth='10' imageHeight='10'><TextRegion><TextLine><Coords points='\(value),1 \(value),2'/><TextEquiv><Unicode>a</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>")
        #expect(region.pages[0].text.lines.map(\.box) == [nil])
    }
}
