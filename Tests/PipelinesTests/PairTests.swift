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

    private func lookup(_ names: RawPath...) throws -> FileLookup {
        var locations: [ContentDigest: [FileLocation]] = [:]
        for (number, name) in names.enumerated() { locations[try digest(UInt8(number + 1))] = [FileLocation(root: 1, path: name)] }
        return FileLookup(locations, roots: [1: RawPath("/srv")])
    }

    @Test("A decoded reference may name a file with a number sign or a question mark, and still leads to a part of another")
    func marksInNames() throws {
        let lookup = try lookup(RawPath("a/x#1.png"), RawPath("a/q?.png"), RawPath("a/x"), RawPath("a/y.png"))
        func found(_ target: String) -> ContentDigest? { lookup.content(target: target, from: RawPath("a"), root: 1) }
        #expect(found("x#1.png") == (try digest(1)))
        #expect(found("q?.png") == (try digest(2)))
        #expect(found("./q?.png") == (try digest(2)))
        #expect(found("x#2") == (try digest(3)))
        #expect(found("y.png?v=3#top") == (try digest(4)))
        #expect(found("..\\a\\x#1.png") == (try digest(1)))
        #expect(found("#x") == nil)
    }

    @Test("Names that systems convert differently are found at last", arguments: [
        ("図/wave〜.png", "図/wave～.png"), ("図/wave～.png", "図/wave〜.png"), ("図/A−1.png", "図/A－1.png"), ("図/half ﾎﾟﾝﾌﾟ.png", "図/half ポンプ.png"),
        ("図/ポンプ.png", "図/ﾎﾟﾝﾌﾟ.PNG"), ("図/Ｐ１.png", "図/p1.png"), ("図/a～b/c.png", "図/a〜b/c.png"),
    ])
    func looseNames(file: String, target: String) throws {
        let lookup = try lookup(RawPath(file), RawPath("図/other.png"))
        #expect(lookup.content(target: target, from: RawPath(""), root: 1) == (try digest(1)))
        #expect(lookup.content(target: "elsewhere/" + target, from: RawPath(""), root: 1, byStem: false) == (try digest(1)), "by its name")
        #expect(lookup.content(named: target) == (try digest(1)))
    }

    @Test("An exact name goes before a converted one, and two converted ones tell neither")
    func looseAmbiguity() throws {
        let exact = try lookup(RawPath("a〜.png"), RawPath("a～.png"))
        #expect(exact.content(named: "a〜.png") == (try digest(1)))
        #expect(exact.content(named: "a～.png") == (try digest(2)))
        let both = try lookup(RawPath("ｱ1.png"), RawPath("ア１.png"))
        #expect(both.content(named: "ア1.png") == nil)
    }

    @Test("Names in bytes of Shift JIS, in the file system or in a reference")
    func shiftJIS() throws {
        // 図.png, ソ (whose second byte is a backslash) and 表.
        let picture: [UInt8] = [0x90, 0x7D], so: [UInt8] = [0x83, 0x5C], end = Array(".png".utf8)
        let lookup = try lookup(RawPath(bytes: Array("古い/".utf8) + picture + end), RawPath(bytes: so + end), RawPath("新しい/図面.png"))
        #expect(lookup.content(target: "図.png", from: RawPath("古い"), root: 1) == (try digest(1)))
        #expect(lookup.content(target: "%90%7D.png", from: RawPath("古い"), root: 1) == (try digest(1)))
        #expect(lookup.content(target: "ソ.png", from: RawPath(""), root: 1) == (try digest(2)))
        #expect(lookup.content(target: "%90%7D%96%CA.png", from: RawPath("新しい"), root: 1) == (try digest(3)))
        #expect(lookup.content(target: "%ZZ.png", from: RawPath(""), root: 1) == nil)
    }

    private func rows(_ text: String) throws -> [[String]] {
        let path = FilePath(NSTemporaryDirectory() + "pairs-\(UUID().uuidString).csv")
        defer { try? FileManager.default.removeItem(atPath: path.string) }
        try text.write(toFile: path.string, atomically: true, encoding: .utf8)
        return try PairFile(path).rows.map { [$0.sheet, $0.image, "\($0.line)"] }
    }

    @Test("What Excel leaves behind in a file of pairs means nothing", arguments: [
        "sheet,image\r\na,b\r\nc,d\r\n\u{1A}", "sheet,image,,\na,b,,\nc,d,,\n", "sheet,image\na,b\nc,d\n,\n,\n", "sheet,image\na,b,,,\nc,d,\n",
        ",sheet,,image\n,a,,b\n,c,,d\n", "sheet,image,page,part\na,b\nc,d,,\n", "sheet,image, \na,b,\" \"\nc,d\n",
    ])
    func excel(text: String) throws {
        #expect(try rows(text) == [["a", "b", "2"], ["c", "d", "3"]])
    }

    @Test("What a file of pairs does not name is still an error", arguments: [
        "sheet,image,\na,b,c\n", "sheet,image\na,b,c\n", "sheet,image\na\n", "sheet,image\na,\n", "sheet,,\na,b,\n", ",,\n,,\n", "",
    ])
    func notExcel(text: String) {
        #expect(throws: ShogoError.self) { try rows(text) }
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
