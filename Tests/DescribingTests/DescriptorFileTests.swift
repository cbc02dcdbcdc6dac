@testable import Describing
import Documents
import Foundation
import Storage
import SystemPackage
import Testing

@Suite("Descriptor files")
struct DescriptorFileTests {
    private func temporary() -> FilePath {
        FilePath(FileManager.default.temporaryDirectory.appendingPathComponent("shogo-\(UUID().uuidString).safetensors").path)
    }

    private var pages: [ImageDescriptor] {
        var drawing = Drawing(120, 90)
        drawing.pump(60, 45, 30, (10, 20, 200))
        return [ImageDescriber().describe(drawing.bitmap), ImageDescriber().describe(Drawing(9, 9).bitmap)]
    }

    private var sheet: SheetDescriptor {
        SheetDescriber().describe(
            Sheet(
                format: .markdown, encoding: "UTF-8", title: "弁の点検",
                fragments: [Fragment(kind: .step, place: .lines(first: 1, last: 1), text: "check valve 弁 AB-1234")]))
    }

    @Test("What is written is read back")
    func roundTrip() throws {
        let path = temporary()
        defer { unlink(path.string) }
        try DescriptorFile.encode(pages: pages).write(to: path)
        #expect(try DescriptorFile.readPages(path) == pages)
        try DescriptorFile.verify(path)
        #expect(throws: StorageError.self) { try DescriptorFile.readSheet(path) }
        try DescriptorFile.encode(sheet: sheet).write(to: path)
        #expect(try DescriptorFile.readSheet(path) == sheet)
        try DescriptorFile.verify(path)
    }

    @Test("Every truncation and every flipped byte is an error, never a crash")
    func damage() throws {
        let path = temporary()
        defer { unlink(path.string) }
        let whole = DescriptorFile.encode(sheet: sheet).encoded()
        for count in stride(from: 0, to: whole.count, by: 7) {
            try AtomicFile.write(Array(whole.prefix(count)), to: path)
            #expect(throws: StorageError.self) { try DescriptorFile.readSheet(path) }
        }
        for at in stride(from: 0, to: whole.count, by: 11) {
            var bytes = whole
            bytes[at] ^= 0x20
            try AtomicFile.write(bytes, to: path)
            // White space in the padding of a header is the one place where a flip may mean nothing.
            if let read = try? DescriptorFile.readSheet(path) { #expect(read == sheet, "byte \(at)") }
        }
    }
}
