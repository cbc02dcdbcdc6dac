import Foundation
import Testing

@Suite("What files say about each other")
struct LinkTests {
    private let archive: SmallArchive

    init() throws {
        archive = try SmallArchive()
        #expect(try ShogoProgram.run("init", archive.workspace, "--root", archive.root.path).status == 0)
    }

    private func text(_ name: String, _ content: String) throws {
        let folder = archive.root.appendingPathComponent(name).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try archive.write(name, Array(content.utf8))
    }

    private func run() throws {
        let outcome = try ShogoProgram.run("run", archive.pipeline("crawl", "parse", "describe"), "--workspace", archive.workspace, "--workers", "2", "--quiet")
        #expect(outcome.status == 3, "\(outcome.messages)")
    }

    private func links(_ kind: String, dangling: Bool = false) throws -> [[String: Any]] {
        let outcome = try ShogoProgram.run(arguments: ["links", "--workspace", archive.workspace, "--kind", kind, "--json"] + (dangling ? ["--dangling"] : []))
        return try outcome.output.split(separator: "\n").map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:] }
    }

    @Test("The pages of a METS file find their texts; what is not there is listed")
    func mets() throws {
        func alto(_ image: String, _ words: String) -> String {
            "<alto>\(image)<Layout><Page WIDTH='96' HEIGHT='96'><TextLine HPOS='1' VPOS='1' WIDTH='9' HEIGHT='9'><String CONTENT='\(words)'/></TextLine></Page></Layout></alto>"
        }
        for volume in ["one", "two"] {
            try text("\(volume)/img/0001.tif", "")
            try archive.write("\(volume)/img/0001.tif", SmallArchive.picture(machine: volume == "one" ? 21 : 22, view: 1))
            try text("\(volume)/text/0001.xml", alto("", "unnamed \(volume)"))
            try text("\(volume)/mets.xml", """
                <mets xmlns='http://www.loc.gov/METS/' xmlns:x='urn:x'><fileSec><fileGrp><file ID='i'><FLocat x:href='img/0001.tif'/></file>
                <file ID='t'><FLocat x:href='text/0001.xml'/></file><file ID='g'><FLocat x:href='http://nowhere/gone.tif'/></file></fileGrp></fileSec>
                <structMap TYPE='PHYSICAL'><div><div ID='p1'><fptr FILEID='i'/><fptr FILEID='t'/></div></div></structMap></mets>
                """)
        }
        try text("two/text/named.xml", alto("<Description><fileName>img/0001.tif</fileName></Description>", "named"))
        try text("two/text/lost.xml", alto("<Description><fileName>9999.tif</fileName></Description>", "lost"))
        try run()
        let pages = try links("page")
        #expect(pages.compactMap { $0["targetPath"] as? String }.sorted() == ["one/img/0001.tif", "two/img/0001.tif", "two/img/0001.tif"])
        #expect(try links("page", dangling: true).compactMap { $0["target"] as? String } == ["9999.tif"])
        #expect(try links("file").count == 6)
        #expect(try links("file", dangling: true).isEmpty && links("file").count { $0["state"] as? String == "external" } == 2)
        #expect(try links("file").filter { $0["state"] as? String == "resolved" }.allSatisfy { ($0["path"] as? String)?.prefix(3) == ($0["targetPath"] as? String)?.prefix(3) })
        let account = try ShogoProgram.run("status", "--workspace", archive.workspace, "--json").json["files"] as? [String: Int]
        #expect(account?["companions"] == 6)
    }

    @Test("A transcript whose picture is not named, or lies elsewhere, is of the picture with its stem")
    func stems() throws {
        func alto(_ image: String, _ words: String) -> String {
            "<alto><Description><fileName>\(image)</fileName></Description><Layout><Page WIDTH='96' HEIGHT='96'><TextLine><String CONTENT='\(words)'/></TextLine></Page></Layout></alto>"
        }
        func picture(_ name: String, _ view: Int) throws {
            try text(name, "")
            try archive.write(name, SmallArchive.picture(machine: 31, view: view))
        }
        for (view, name) in ["same/a.tif", "sister/img/b.tif", "suffix/c.tif", "page/d.tif", "two/x/e.tif", "two/y/e.tif", "other/f.tif"].enumerated() { try picture(name, view + 1) }
        try text("same/a.xml", alto("", "same"))
        try text("sister/alto/b.xml", alto("/tmp/tess_1234.png", "sister"))
        try text("suffix/c_alto.xml", alto("", "suffix"))
        try text("page/d.xml", "<PcGts><Page imageFilename='gone.png'><AlternativeImage filename='gone.bin.png'/><TextRegion><TextEquiv><Unicode>page</Unicode></TextEquiv></TextRegion></Page></PcGts>")
        try text("two/text/e.xml", alto("", "either of two"))
        try text("deep/down/f.xml", alto("", "far from its like"))
        try run()
        let pages = try links("page")
        #expect(pages.compactMap { $0["targetPath"] as? String }.sorted() == ["page/d.tif", "same/a.tif", "sister/img/b.tif", "suffix/c.tif"])
        #expect(try links("page", dangling: true).compactMap { $0["path"] as? String }.sorted() == ["deep/down/f.xml", "page/d.xml", "two/text/e.xml"])
    }

    @Test("Borrowed words follow the topic that lends them, night after night")
    func borrowed() throws {
        try text("dita/map.ditamap", "<map><keydef keys='names' href='common/names.dita'/><keydef keys='titled' href='titled.dita'/><keydef keys='seal' href='img/seal.tif'/><keydef keys='unit'><topicmeta><keywords><keyword>bar</keyword></keywords></topicmeta></keydef></map>")
        try text("dita/common/names.dita", "<topic id='n'><title>Names</title><body><table><tgroup><tbody><row><entry><ph id='product'>Pump X</ph></entry></row></tbody></tgroup></table></body></topic>")
        try text("dita/task.dita", """
            <task id='t'><title>Start <ph conkeyref='names/product'/></title><taskbody><steps><step conref='other.dita#o/first'><cmd/></step>
            <step><cmd>See <term keyref='titled'/>: set 6 <keyword keyref='unit'/> on <ph conkeyref='names/absent'/>.</cmd><info><image keyref='seal'/></info></step></steps></taskbody></task>
            """)
        try text("dita/titled.dita", "<topic id='d'><title><ph conkeyref='names/product'/> names</title><body/></topic>")
        try text("dita/other.dita", "<task id='o'><title>Other</title><taskbody><steps><step id='first'><cmd>Open <ph conkeyref='names/product'/>.</cmd></step></steps></taskbody></task>")
        try text("dita/img/seal.tif", "")
        try archive.write("dita/img/seal.tif", SmallArchive.picture(machine: 30, view: 1))
        try run()
        #expect(try links("text").count { $0["state"] as? String == "resolved" } == 6)
        #expect(try links("text", dangling: true).compactMap { $0["target"] as? String } == ["names/absent"])
        #expect(try links("figure").contains { $0["target"] as? String == "seal" && $0["targetPath"] as? String == "dita/img/seal.tif" })
        var words = try descriptor(of: "dita/task.dita")
        #expect(["wpump", "6bar", "wopen", "wname"].allSatisfy(words.contains), "\(words)")
        let again = try ShogoProgram.run("run", archive.pipeline("crawl", "parse"), "--workspace", archive.workspace)
        #expect(again.messages.contains("link: nothing new"), "\(again.messages)")
        // The lender changes: the borrower is described anew, though its own file is the same.
        try text("dita/common/names.dita", "<topic id='n'><title>Names</title><body><p id='product'>Compressor</p></body></topic>")
        try run()
        words = try descriptor(of: "dita/task.dita")
        #expect(["wcompressor", "6bar"].allSatisfy(words.contains) && !words.contains("wpump"), "\(words)")
    }

    /// The descriptor file of a sheet, where terms stand as they are.
    private func descriptor(of name: String) throws -> String {
        let inspected = try ShogoProgram.run("inspect", archive.root.appendingPathComponent(name).path, "--json").json
        let digest = try #require(inspected["digest"] as? String)
        let folder = URL(fileURLWithPath: archive.workspace).appendingPathComponent("descriptors")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        let file = try #require(files.first { $0.lastPathComponent == "\(digest).safetensors" })
        return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }

    @Test("A licence beside a sheet takes no part in pairing by folder, nor do pictures belong to it")
    func licences() throws {
        func pairs() throws -> Int? { try ShogoProgram.run("train", "--workspace", archive.workspace, "--dry-run", "--json").json["pairs"] as? Int }
        try run()
        let before = try #require(try pairs())
        try text("press/manual.md", "# Press\n\nOil it.\n")
        try text("press/LICENSE.txt", "You may copy this.\n")
        try archive.write("press/front.tif", SmallArchive.picture(machine: 40, view: 1))
        try text("lathe/COPYING", "You may copy that.\n")
        try archive.write("lathe/front.tif", SmallArchive.picture(machine: 41, view: 1))
        try run()
        #expect(try pairs() == before + 1)
    }

    @Test("Files that sheets are put together from are listed, found or not, and counted")
    func parts() throws {
        try text("book/book.xml", "<!DOCTYPE book [<!ENTITY one SYSTEM 'one.xml'><!ENTITY two SYSTEM 'two.xml'>]><book><title>Book</title>&one;&two;</book>")
        try text("book/one.xml", "<chapter><title>One</title><para>Tighten it.</para></chapter>")
        try run()
        #expect(try links("part").map { $0["targetPath"] as? String } == ["book/one.xml", nil])
        #expect(try links("part", dangling: true).map { $0["target"] as? String } == ["two.xml"])
        #expect(try ShogoProgram.run("status", "--workspace", archive.workspace, "--json").json["parts"] as? Int == 2)
    }

    @Test("A sheet that borrows without end borrows so much and no more")
    func flood() throws {
        let long = String(repeating: "pump valve ", count: 700)
        try text("dita/flood.dita", "<topic id='t'><title>Flood</title><body><p id='a'>\(long)</p>" + String(repeating: "<p conref='#t/a'/>", count: 5_000) + "</body></topic>")
        try text("dita/circle.dita", "<topic id='t'><title>Circle</title><body><p id='a'>x <ph conref='#t/b'/></p><p id='b'>y <ph conref='#t/a'/></p></body></topic>")
        try run()
        let catalog = try FileManager.default.attributesOfItem(atPath: archive.workspace + "/catalog.sqlite")[.size] as? Int ?? 0
        let log = (try? FileManager.default.attributesOfItem(atPath: archive.workspace + "/catalog.sqlite-wal")[.size] as? Int) ?? 0
        #expect(catalog + log < 24 << 20, "38 MB if all were borrowed: \(catalog) and \(log)")
        #expect(try descriptor(of: "dita/circle.dita").contains("circl"))
    }

    @Test("An encoding named for a folder is obeyed, and obeyed anew when it changes")
    func encodings() throws {
        try text("kyu/a.txt", "")
        let bytes: [UInt8] = [0xC7, 0xDB, 0xC0, 0xAD, 0x0A]  // three readings: EUC-JP, GB18030, windows-1252
        try archive.write("kyu/a.txt", bytes)
        let configuration = URL(fileURLWithPath: archive.workspace).appendingPathComponent("shogo.yaml")
        let yaml = try String(contentsOf: configuration, encoding: .utf8)
        for (encoding, title) in [("EUC-JP", "配性"), ("windows-1252", "ÇÛÀ\u{AD}")] {
            try Data(yaml.replacingOccurrences(of: "encodings: {}", with: "encodings: {kyu/: \(encoding)}").utf8).write(to: configuration)
            try run()
            let catalog = try Data(contentsOf: URL(fileURLWithPath: archive.workspace).appendingPathComponent("catalog.sqlite"))
            let log = (try? Data(contentsOf: URL(fileURLWithPath: archive.workspace).appendingPathComponent("catalog.sqlite-wal"))) ?? Data()
            #expect((catalog + log).range(of: Data(title.utf8)) != nil, "\(encoding)")
            // What was made of the other reading is made anew.
            let descriptor = try descriptor(of: "kyu/a.txt")
            #expect(descriptor.contains("配性") == (encoding == "EUC-JP"), "\(encoding)")
        }
        try Data(yaml.replacingOccurrences(of: "encodings: {}", with: "encodings: {kyu: EUC-JPP}").utf8).write(to: configuration)
        let outcome = try ShogoProgram.run("config", "check", "--workspace", archive.workspace)
        #expect(outcome.status == 2 && outcome.messages.contains("parse.encodings.kyu"), "\(outcome.messages)")
    }
}
