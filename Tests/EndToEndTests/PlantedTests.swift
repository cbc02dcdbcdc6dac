import Foundation
import Testing

@Suite("What somebody planted")
struct PlantedTests {
    @Test("A link in place of a folder of the workspace stops the run, and what it leads to stays", arguments: ["codes", "descriptors", "index"])
    func link(_ folder: String) throws {
        let archive = try SmallArchive()
        try ShogoProgram.run("init", archive.workspace, "--root", archive.root.path)
        let nightly = try archive.nightly()
        #expect(try ShogoProgram.run("run", nightly, "--workspace", archive.workspace, "--quiet").status == 3)
        let outside = FileManager.default.temporaryDirectory.appendingPathComponent("shogo-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: outside) }  // temporary anyway
        try FileManager.default.moveItem(atPath: archive.workspace + "/" + folder, toPath: outside)
        for name in ["snapshots", "shards", "."] { try? FileManager.default.createDirectory(atPath: "\(outside)/\(name)/precious", withIntermediateDirectories: true) }
        try FileManager.default.createSymbolicLink(atPath: archive.workspace + "/" + folder, withDestinationPath: outside)
        let before = try FileManager.default.subpathsOfDirectory(atPath: outside).filter { $0.contains("precious") }
        try archive.write("new.txt", Array("Maintenance of the valve\n\nOpen the valve and clean it.\n".utf8))
        let outcome = try ShogoProgram.run("run", nightly, "--workspace", archive.workspace, "--quiet")
        #expect(outcome.status == 1 && outcome.messages.contains("cannot follow the link \(archive.workspace)/\(folder)"), "\(outcome.messages)")
        #expect(try FileManager.default.subpathsOfDirectory(atPath: outside).filter { $0.contains("precious") } == before)
    }

    @Test("Controls in the words and the name of a file reach no terminal, and JSON holds them as they are")
    func controls() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("shogo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // temporary anyway
        let file = folder.appendingPathComponent("pump\u{202E}\u{9B}.txt")
        try Data("Pump \u{202E}gnp.exe\u{2066}\n\nClean the \u{200F}valve \u{E0041}.\n".utf8).write(to: file)
        let shown = try ShogoProgram.run("inspect", file.path, "--languages", "none")
        #expect(shown.output.contains(#"\u{202E}gnp.exe\u{2066}"#) && shown.output.contains(#"\u{200F}valve \u{E0041}"#), "\(shown.output)")
        let missing = try ShogoProgram.run("inspect", file.path + "\u{1B}]0;x\u{7}\u{2067}")
        #expect(missing.status == 2)
        for text in [shown.output, shown.messages, missing.output, missing.messages] {
            #expect(!text.unicodeScalars.contains { ($0.value < 0x20 && $0 != "\n") || [0x9B, 0x202E, 0x2066, 0x2067, 0x200F, 0xE0041].contains($0.value) }, "\(text)")
        }
        let json = try ShogoProgram.run("inspect", file.path, "--languages", "none", "--json")
        #expect(json.output.contains("\u{202E}gnp.exe\u{2066}"))
    }
}
