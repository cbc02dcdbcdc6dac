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
}
