import Foundation
import Testing

@Suite("Encodings of folders in a run")
struct FolderEncodingTests {
    private let archive: SmallArchive
    /// "零件清单…", "轴承螺钉安装说明", "更换检查阀门压力", "单位数量备注型号" in GBK; alone these say what they are.
    private static let clear: [[UInt8]] = [
        [0xC1, 0xE3, 0xBC, 0xFE, 0xC7, 0xE5, 0xB5, 0xA5, 0xA1, 0xAD], [0xD6, 0xE1, 0xB3, 0xD0, 0xC2, 0xDD, 0xB6, 0xA4, 0xB0, 0xB2, 0xD7, 0xB0, 0xCB, 0xB5, 0xC3, 0xF7],
        [0xB8, 0xFC, 0xBB, 0xBB, 0xBC, 0xEC, 0xB2, 0xE9, 0xB7, 0xA7, 0xC3, 0xC5, 0xD1, 0xB9, 0xC1, 0xA6],
        [0xB5, 0xA5, 0xCE, 0xBB, 0xCA, 0xFD, 0xC1, 0xBF, 0xB1, 0xB8, 0xD7, 0xA2, 0xD0, 0xCD, 0xBA, 0xC5],
    ]
    private static let weak = Array("see page 4".utf8) + [0xA1, 0xAD] + Array(" bolt M8x20".utf8)

    init() throws {
        archive = try SmallArchive()
        #expect(try ShogoProgram.run("init", archive.workspace, "--root", archive.root.path).status == 0)
        try FileManager.default.createDirectory(at: archive.root.appendingPathComponent("gbk"), withIntermediateDirectories: true)
        try archive.write("gbk/weak.txt", Self.weak)
    }

    private func run(workers: Int = 2) throws -> ShogoProgram.Outcome {
        try ShogoProgram.run("run", archive.pipeline("crawl", "parse", "describe"), "--workspace", archive.workspace, "--workers", "\(workers)")
    }

    /// Paths of contents that were not read for their encoding.
    private func undecided() throws -> Bool {
        try ShogoProgram.run("failures", "--workspace", archive.workspace, "--json").output.contains("unknown-encoding")
    }

    @Test("Texts that come later tell the encoding of one that was there, and a run without changes does nothing", arguments: [1, 3])
    func later(workers: Int) throws {
        #expect(try !run(workers: workers).messages.contains("in the encodings of their folders"))
        let alone = try ShogoProgram.run("status", "--workspace", archive.workspace, "--json").output
        for (number, text) in Self.clear.enumerated() { try archive.write("gbk/clear\(number).txt", text) }
        let second = try run(workers: workers)
        #expect(second.messages.contains("1 texts are read in the encodings of their folders"), "\(second.messages)\n\(alone)")
        #expect(try !undecided())
        let third = try run(workers: workers)
        #expect(third.messages.contains("parse: 0 jobs, nothing new"), "\(third.messages)")
        #expect(!third.messages.contains("in the encodings of their folders"))
        // Without them it is alone again.
        for number in Self.clear.indices { try archive.remove("gbk/clear\(number).txt") }
        #expect(try run(workers: workers).messages.contains("1 texts are read in the encodings of their folders"))
    }

    @Test("'/' is the root; a folder that is not there is remarked on")
    func keys() throws {
        let file = URL(filePath: archive.workspace).appending(path: "shogo.yaml")
        let settings = try String(contentsOf: file, encoding: .utf8)
        func write(_ encodings: String) throws { try Data(settings.replacing("encodings: {}", with: "encodings: {\(encodings)}").utf8).write(to: file) }
        try write("'/': GB18030")
        let first = try run()
        #expect(!first.messages.contains("no file lies below"), "\(first.messages)")
        #expect(try !undecided())
        try write("'.': GB18030, '*': Big5, gkb: GB18030, gbk/: GB18030")
        let second = try run()
        for name in [".", "*", "gkb"] { #expect(second.messages.contains("parse.encodings: no file lies below '\(name)'"), "\(second.messages)") }
        #expect(!second.messages.contains("below 'gbk'"))
    }
}
