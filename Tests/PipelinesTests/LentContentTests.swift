import Documents
import Glibc
import Storage
import SystemPackage
import TestSupport
import Testing

@testable import Pipelines

@Suite("Contents lent to a job")
struct LentContentTests {
    let directory = TemporaryDirectory()
    private static let bytes = [UInt8](repeating: 7, count: 100_000)

    private func lend(mostCopied: Int) throws -> LentContent? {
        directory.write(Self.bytes, RawPath("file"))
        return try LentContent(directory["file"], size: Self.bytes.count, digest: .sha256(of: Self.bytes), mostCopied: mostCopied)
    }

    @Test("A file is lent with its bytes, copied or mapped; another content or size is not")
    func lending() throws {
        for most in [Self.bytes.count, 0] {
            let content = try #require(try lend(mostCopied: most))
            #expect(content.withBytes { $0.elementsEqual(Self.bytes) })
            try content.checkRead()
            #expect(try LentContent(directory["file"], size: Self.bytes.count, digest: .sha256(of: []), mostCopied: most) == nil)
            #expect(try LentContent(directory["file"], size: 1, digest: .sha256(of: Self.bytes), mostCopied: most) == nil)
        }
    }

    @Test("A mapped file that becomes shorter while it is lent is an error and not another content; a copied one is as it was")
    func truncated() throws {
        let copied = try #require(try lend(mostCopied: .max))
        let mapped = try #require(try lend(mostCopied: 0))
        truncate(directory["file"].string, 10)
        #expect(copied.withBytes { $0.elementsEqual(Self.bytes) })
        try copied.checkRead()
        #expect(mapped.withBytes { $0.last } == 0)
        #expect(throws: StorageError.truncated(path: directory["file"], expectedBytes: Self.bytes.count, actualBytes: 10)) { try mapped.checkRead() }
    }
}
