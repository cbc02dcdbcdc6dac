import Foundation
import Testing

@Suite("The sample archive")
struct SampleTests {
    private static let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../samples").standardizedFileURL

    @Test("Held-out images find their sheet, and every broken file gets the reason that broken.csv names")
    func samples() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("shogo-samples-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }  // nothing to do about a temporary directory that stays
        try ShogoProgram.run("init", folder.path, "--root", Self.samples.appendingPathComponent("archive").path)
        let pairs = Self.samples.appendingPathComponent("pairs.csv").path
        let yaml = folder.appendingPathComponent("shogo.yaml")
        try String(contentsOf: yaml, encoding: .utf8).replacing("pairs: []", with: "pairs: [\"\(pairs)\"]").write(to: yaml, atomically: true, encoding: .utf8)
        let nightly = Self.samples.appendingPathComponent("../pipelines/nightly.yaml").path
        #expect(try ShogoProgram.run("run", nightly, "--workspace", folder.path, "--quiet").status == 3)

        let figures = try ShogoProgram.run("eval", "--workspace", folder.path, "--pairs", pairs, "--json").json
        let forward = figures["imagesToSheets"] as? [String: Any]
        #expect(forward?["queries"] as? Int == 28)
        #expect((forward?["recallAt5"] as? Double ?? 0) >= 0.6, "\(figures)")

        let broken = try String(contentsOf: Self.samples.appendingPathComponent("broken.csv"), encoding: .utf8)
            .split(whereSeparator: \.isNewline).dropFirst().map(String.init)
        let found = try ShogoProgram.run("failures", "--workspace", folder.path, "--json").output.split(separator: "\n").map { line in
            let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
            return ["path", "state", "reason"].map { entry[$0] as? String ?? "" }.joined(separator: ",")
        }
        #expect(found.sorted() == broken.sorted())
    }
}
