import Documents
import Parsing
import Testing

@Suite("Other XML")
struct GenericXMLTests {
    @Test("Namespaced elements get places that need no prefix")
    func namespaces() throws {
        let xml = "<a:doc xmlns:a='urn:a'><a:title>Pump</a:title><plain>one</plain><a:p>two</a:p><plain>three <b>four</b></plain></a:doc>"
        let sheet = try sheet(xml)
        #expect(sheet.format == .xml)
        #expect(sheet.title == "Pump")
        #expect(sheet.fragments.map(\.text) == ["Pump", "one", "two", "three four"])
        #expect(sheet.fragments.map(\.place.display) == ["/*[1]/*[1]", "/*[1]/plain[1]", "/*[1]/*[3]", "/*[1]/plain[2]"])
        for fragment in sheet.fragments { #expect(text(at: fragment.place.display, in: xml) == fragment.text) }
    }

    @Test("Attributes that name pictures are figures")
    func figures() throws {
        let xml = "<m><p src='a.txt'>x</p><g fileref='b.TIF'/><g href='https://x/c%E5%9B%B3.jpg'/><name>d.png</name></m>"
        #expect(try sheet(xml).figures.map(\.target) == ["b.TIF", "https://x/c図.jpg", "d.png"])
    }

    @Test("ALTO and PAGE give the words of each block")
    func scans() throws {
        let alto = """
            <alto xmlns="urn:alto"><Description><sourceImageInformation><fileName>p1.tif</fileName></sourceImageInformation></Description>
            <Layout><Page><TextBlock><TextLine><String CONTENT="One"/><SP/><String CONTENT="two"/></TextLine>
            <TextLine><String CONTENT="three"/></TextLine></TextBlock></Page></Layout></alto>
            """
        #expect(try sheet(alto).fragments.map(\.text) == ["One two three"])
        #expect(try sheet(alto).figures.map(\.target) == ["p1.tif"])
        let page = """
            <PcGts xmlns="urn:page"><Metadata><Creator>me</Creator></Metadata><Page imageFilename="p2.jpg"><TextRegion>
            <TextLine><TextEquiv><Unicode>line</Unicode></TextEquiv></TextLine>
            <TextEquiv><Unicode>whole region</Unicode></TextEquiv></TextRegion></Page></PcGts>
            """
        #expect(try sheet(page).fragments.map(\.text) == ["whole region"])
        #expect(try sheet(page).figures.map(\.target) == ["p2.jpg"])
    }

    @Test("METS gives labels and files")
    func mets() throws {
        let mets = """
            <mets xmlns="http://www.loc.gov/METS/" xmlns:x="http://www.w3.org/1999/xlink" LABEL="Book"><fileSec><fileGrp>
            <file MIMETYPE="image/tiff"><FLocat x:href="img/0001.tif"/></file></fileGrp></fileSec>
            <structMap><div LABEL="Chapter 1"><fptr FILEID="a"/></div></structMap></mets>
            """
        let sheet = try sheet(mets)
        #expect(sheet.title == "Book")
        #expect(sheet.fragments.map(\.text) == ["Chapter 1"])
        #expect(sheet.figures.map(\.target) == ["img/0001.tif"])
    }

    @Test("Broken XML is reported with its line")
    func broken() {
        let outcome = outcome("<?xml version='1.0'?>\n<a>\n<b>text</a>")
        #expect(outcome.reason == .notWellFormed)
        #expect(outcome.message?.hasPrefix("line 3: ") ?? false)
    }

    @Test("Elements below the depth limit are refused, however deep")
    func deep() {
        func nested(_ depth: Int) -> String {
            String(repeating: "<a>", count: depth) + "x" + String(repeating: "</a>", count: depth)
        }
        var limits = ParsingLimits()
        limits.maxDepth = 20
        #expect(outcome(nested(20), limits: limits).reason == nil)
        #expect(outcome(nested(21), limits: limits).reason == .tooDeep)
        #expect(outcome(nested(100_000)).reason == .tooDeep)
        limits.maxDepth = 1_000_000
        #expect(outcome(nested(1_000), limits: limits).reason == nil)
        #expect(outcome(nested(1_001), limits: limits).reason == .tooDeep)
    }

    @Test("Entities that expand without bound are refused")
    func laughs() {
        var declarations = "<!ENTITY a0 \"lololololololololol\">"
        for level in 1...20 { declarations += "<!ENTITY a\(level) \"" + String(repeating: "&a\(level - 1);", count: 10) + "\">" }
        #expect(outcome("<!DOCTYPE x [\(declarations)]><x>&a20;</x>").reason == .entityExpansion)
        #expect(outcome("<!DOCTYPE x [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]><x>&a;</x>").reason == .entityExpansion)
        var limits = ParsingLimits()
        limits.maxTextBytes = 300
        let small = "<!DOCTYPE x [<!ENTITY a \"\(String(repeating: "y", count: 90))\">]><x>&a;&a;&a;&a;&a;</x>"
        #expect(outcome(small, limits: limits).reason == .entityExpansion)
    }

    @Test("Internal entities are resolved, outside ones are never opened")
    func entities() throws {
        #expect(try sheet("<!DOCTYPE x [<!ENTITY co \"Kobo\">]><x>By &co; Ltd</x>").title == "By Kobo Ltd")
        let outside = outcome("<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><x>text &f;</x>")
        if case .sheet(let sheet) = outside { #expect(sheet.title == "text") } else { #expect(outside.reason == .notWellFormed) }
    }
}
