@testable import Describing
import Documents
import Testing

@Suite("Describing sheets")
struct SheetDescriberTests {
    private func sheet(_ texts: [String], title: String = "T", identifiers: [String] = []) -> Sheet {
        Sheet(
            format: .plainText, encoding: "UTF-8", title: title, identifiers: identifiers,
            fragments: texts.enumerated().map { Fragment(kind: .paragraph, place: .lines(first: $0 + 1, last: $0 + 1), text: $1) })
    }

    private func terms(_ text: String) -> Set<String> { Set(SheetDescriber().describe(sheet([text])).terms) }

    @Test("Words are folded, stemmed and freed of stop words")
    func words() {
        let terms = terms("Replace the BEARINGS of ｐｕｍｐｓ")
        #expect(terms.contains("wpump"))
        #expect(self.terms("bearing").isSubset(of: terms))
        #expect(!terms.contains("wthe") && !terms.contains("wof"))
    }

    @Test("Japanese becomes neighbours of characters and whole runs of katakana")
    func japanese() {
        let terms = terms("遠心ポンプの軸受を交換する")
        for term in ["b遠心", "wポンプ", "b軸受", "b交換"] { #expect(terms.contains(term), "\(term)") }
        #expect(!terms.contains("bする"))
    }

    @Test("Part numbers are terms whichever dash and width they are written with")
    func identifiers() {
        #expect(terms("part AB-1234").contains("iAB-1234"))
        #expect(terms("ａｂ－１２３４").contains("iAB-1234"))
        #expect(!terms("on 2024-11-23").contains { $0.hasPrefix("i") })
    }

    @Test("Terms stand in byte order, counts fit them, and fragments count what they hold")
    func structure() {
        let descriptor = SheetDescriber().describe(sheet(["pump pump valve", "valve 弁"], title: "Pump", identifiers: ["XY-77"]))
        #expect(zip(descriptor.terms, descriptor.terms.dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        #expect(descriptor.terms.count == descriptor.coarse.count)
        #expect(descriptor.fine.count == 2)
        #expect(descriptor.terms.contains("iXY-77") && descriptor.terms.contains("tpump"))
        let pump = descriptor.terms.firstIndex(of: "wpump").map { UInt32($0) }
        #expect(descriptor.fine[0].indices.contains { $0 == pump })
        #expect(!descriptor.fine[1].indices.contains { $0 == pump })
    }

    @Test("A sheet without a single word has no terms")
    func empty() {
        #expect(SheetDescriber().describe(sheet(["・・・ !!"], title: "…")).terms.isEmpty)
    }
    @Test("ASCII is folded as by ICU")
    func foldedASCII() {
        let all = String(String.UnicodeScalarView((0..<0x80).compactMap { Unicode.Scalar($0) }))
        #expect(NormalForm.folded(all) == NormalForm.foldedByICU(all))
        #expect(NormalForm.folded("") == [])
    }

    @Test("Identifiers of a folded text come out as identifiers that are folded by themselves", arguments: [
        "ab-1234", "x1\u{2010}22", "m10\u{30FC}33", "a_1.2/3", "12\u{2212}34567",
    ])
    func runs(of identifier: String) {
        let text = NormalForm.folded(identifier)
        #expect(Identifier.folded(text, 0..<text.count) == Identifier.folded(identifier))
    }

    @Test("Every scalar's script is as by Unicode's tables, and so are scalars beyond the basic plane")
    func scripts() {
        for scalar in (0...0x3FFFF).lazy.compactMap({ Unicode.Scalar($0) }) where scalar.properties.isIdeographic {
            #expect(JapaneseScript(scalar) == .han, "\(scalar.value)")
        }
        for value: UInt32 in [0x41, 0x3001, 0x3002, 0x30FB, 0xAC00, 0xFF21, 0xFFFD, 0x1F600] { #expect(JapaneseScript(Unicode.Scalar(value)!) == nil) }
        #expect(terms("\u{20BB7}野屋").contains("b\u{20BB7}野"))
    }

    @Test("A word counts each time, however often it was met before, and in every fragment")
    func repeated() {
        let descriptor = SheetDescriber().describe(sheet(["valves valve the", "valve's THE 24 valves"], title: "…"))
        #expect(descriptor.terms == ["wvalv"] && descriptor.coarse == [4])
        #expect(descriptor.fine == [TermCounts(indices: [0], counts: [2]), TermCounts(indices: [0], counts: [2])])
    }
}
