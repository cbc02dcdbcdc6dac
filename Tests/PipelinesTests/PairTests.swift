import Documents
@testable import Pipelines
import Foundation
import SystemPackage
import Testing

@Suite("Pairs")
struct PairTests {
    private func digest(_ number: UInt8) throws -> ContentDigest {
        try #require(ContentDigest(bytes: [UInt8](repeating: number, count: 32)))
    }

    @Test("Delimited text keeps quotes, line breaks in cells, and the line each record starts on")
    func delimited() {
        let text = DelimitedText("a,\"b \"\"c\"\"\",d\r\n\"x\ny\",,z\n\n\"last\"", delimiter: UInt8(ascii: ","))
        #expect(text.records.map(\.cells) == [["a", "b \"c\"", "d"], ["x\ny", "", "z"], ["last"]])
        #expect(text.records.map(\.line) == [1, 2, 5])
    }

    @Test("Files are found by path in any normal form, by other case, by a name or stem that is unique")
    func lookup() throws {
        let decomposed = "写真/ガ.jpg".decomposedStringWithCanonicalMapping
        let locations: [ContentDigest: [FileLocation]] = [
            try digest(1): [FileLocation(root: 1, path: RawPath(decomposed))],
            try digest(2): [FileLocation(root: 1, path: RawPath("A/Pump.TIF"))],
            try digest(3): [FileLocation(root: 1, path: RawPath("A/same.png"))],
            try digest(4): [FileLocation(root: 1, path: RawPath("B/same.png"))],
            try digest(5): [FileLocation(root: 1, path: RawPath("C/ICN-1.tif"))],
        ]
        let lookup = FileLookup(locations, roots: [1: RawPath("/srv/archive")])
        #expect(lookup.content(named: "写真/ガ.jpg") == (try digest(1)))
        #expect(lookup.content(named: "./a/pump.tif") == (try digest(2)))
        #expect(lookup.content(named: "/srv/archive/A/same.png") == (try digest(3)))
        #expect(lookup.content(named: "same.png") == nil)
        #expect(lookup.content(named: "A\\Pump.TIF") == (try digest(2)))
        #expect(lookup.content(target: "../A/same.png", from: RawPath("B"), root: 1) == (try digest(3)))
        #expect(lookup.content(target: "same.png", from: RawPath("B/deep"), root: 1) == (try digest(4)), "the nearer of two")
        #expect(lookup.content(target: "same.png", from: RawPath("D"), root: 1) == nil, "two that are equally near")
        #expect(lookup.content(target: "x/same.png", from: RawPath("B/deep"), root: 1, byStem: false) == (try digest(4)))
        #expect(lookup.content(target: "ICN-1.gif", from: RawPath("B"), root: 1, byStem: false) == nil)
        #expect(lookup.content(target: "..\\A\\Pump.tif#page=1", from: RawPath("B"), root: 1) == (try digest(2)))
        #expect(lookup.content(target: "elsewhere/pump.tif", from: RawPath("B"), root: 1) == (try digest(2)))
        #expect(lookup.content(target: "ICN-1", from: RawPath("B"), root: 1) == (try digest(5)))
        #expect(lookup.content(target: "ICN-1.CGM", from: RawPath("B"), root: 1) == (try digest(5)))
        #expect(lookup.content(target: "", from: RawPath("B"), root: 1) == nil)
    }

    @Test("A name that two contents bear in different normal forms tells neither, in whatever order they come")
    func collision() throws {
        for _ in 0..<20 {
            let lookup = FileLookup(
                [try digest(1): [FileLocation(root: 1, path: RawPath("\u{E9}.jpg"))], try digest(2): [FileLocation(root: 1, path: RawPath("e\u{301}.jpg"))]],
                roots: [1: RawPath("/srv")])
            #expect(lookup.content(named: "\u{E9}.jpg") == nil)
        }
    }

    @Test("The first folders below the root name a category, unless a sheet lies less deep or in several")
    func folders() {
        func category(_ paths: String..., folders: Int) -> String? {
            KnownLabels.category(of: paths.map { FileLocation(root: 1, path: RawPath($0)) }, folders: folders)
        }
        #expect(category("ポンプ/a/x.xml", folders: 1) == "ポンプ")
        #expect(category("pumps/a/x.xml", folders: 2) == "pumps/a")
        #expect(category("pumps/x.xml", folders: 2) == nil)
        #expect(category("x.xml", folders: 1) == nil)
        #expect(category("pumps/x.xml", "pumps/old/x.xml", folders: 1) == "pumps")
        #expect(category("pumps/x.xml", "boilers/x.xml", folders: 1) == nil)
        #expect(category(folders: 1) == nil)
    }

    @Test("A mistyped name is met with the nearest, a strange one with the list")
    func suggestions() {
        #expect(Suggestion.words(for: "imge", among: ["sheet", "image"]) == "did you mean 'image'?")
        #expect(Suggestion.words(for: "qqqqqqqq", among: ["sheet", "image"]) == "known are image, sheet")
        #expect(Suggestion.distance(Array("kitten"), Array("sitting")) == 3)
    }
}
