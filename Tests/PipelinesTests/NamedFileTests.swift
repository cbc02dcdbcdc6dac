import Foundation
import Glibc
@testable import Pipelines
import SystemPackage
import Testing

@Suite("Files that the user names")
struct NamedFileTests {
    @Test("A pipe, a directory and a file over the limit are refused at once, with the reason")
    func refused() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("shogo-named-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // a temporary directory that stays harms nobody
        let pipe = folder.appendingPathComponent("pipe").path
        #expect(mkfifo(pipe, 0o600) == 0)
        let text = folder.appendingPathComponent("text").path
        try Data("four".utf8).write(to: URL(fileURLWithPath: text))
        func words(_ path: String, limit: Int = 100) -> String {
            do {
                return "\(try NamedFile.read(FilePath(path), as: "the file", limit: limit).count)"
            } catch {
                return "\(error)"
            }
        }
        #expect(words(pipe).contains("no regular file") && words(folder.path).contains("no regular file"))
        #expect(words(text) == "4" && words(text, limit: 3).contains("4 bytes") && words(text, limit: 3).contains("at most 3"))
        #expect(words(text + "x").contains("No such file"))
    }
}
