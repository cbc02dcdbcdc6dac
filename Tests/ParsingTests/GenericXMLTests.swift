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

    @Test("A document with entities reads like the same one without")
    func twoWays() throws {
        let body = "<r xml:lang='ja'><t a='x &amp; y'>一 &#x4E8C;</t><![CDATA[<raw>]]> tail <u/><t>z</t><n:t xmlns:n='urn:n' n:src='p.jpg'>q</n:t></r>"
        let plain = try sheet("<?xml version='1.0'?>" + body)
        let declared = try sheet("<?xml version='1.0'?><!DOCTYPE r [<!ENTITY e 'unused'>]>" + body)
        #expect(plain == declared)
        #expect(plain.fragments.map(\.text) == ["一 二<raw> tail zq"])
        #expect(plain.figures.map(\.target) == ["p.jpg"])
    }

    @Test("Counting siblings survives the same names deeper down")
    func siblings() throws {
        let xml = "<r><a><b><a>1</a></b></a><a>2</a><b><a>3</a><a>4</a></b><a>5</a></r>"
        let found = try sheet(xml).fragments
        #expect(found.map(\.place.display) == ["/r[1]/a[1]/b[1]/a[1]", "/r[1]/a[2]", "/r[1]/b[1]/a[1]", "/r[1]/b[1]/a[2]", "/r[1]/a[3]"])
        for fragment in found { #expect(text(at: fragment.place.display, in: xml) == fragment.text) }
    }

    @Test("Random trees: every place finds its text", arguments: 0..<20)
    func randomPlaces(seed: Int) throws {
        var generator = SeededGenerator(state: UInt64(seed))
        var count = 0
        func element(_ depth: Int) -> String {
            let name = ["a", "b", "n:c"][Int.random(in: 0..<3, using: &generator)]
            guard depth < 5, Int.random(in: 0..<4, using: &generator) > 0 else {
                count += 1
                return "<\(name)>text \(count)</\(name)>"
            }
            return "<\(name)>" + (0..<Int.random(in: 1...5, using: &generator)).map { _ in element(depth + 1) }.joined(separator: " ") + "</\(name)>"
        }
        let xml = "<r xmlns:n='urn:n'>" + (0..<10).map { _ in element(0) }.joined() + "</r>"
        let found = try sheet(xml).fragments
        #expect(found.count == count)
        for fragment in found { #expect(text(at: fragment.place.display, in: xml) == fragment.text) }
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
        // It stays as it is written, so that nobody misses the words in silence.
        if case .sheet(let sheet) = outside { #expect(sheet.title == "text &f;") } else { #expect(outside.reason == .notWellFormed) }
    }
}
