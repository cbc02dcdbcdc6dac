import Documents
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Storage

@Suite("Files")
struct FileTests {
    let directory = TemporaryDirectory()

    @Test("A written file is the new content, whole, and nothing else is left")
    func atomicWrite() throws {
        var random = SplitMix64(seed: 6)
        for count in [0, 1, 70_000, 3] {
            let bytes = random.bytes(count)
            try AtomicFile.write(bytes, to: directory["file"])
            #expect(try WholeFile.read(directory["file"]) == bytes)
            #expect(directory.names() == ["file"])
        }
    }

    @Test("A sweep removes what a dead process, or this one, left; what a living one writes stays; what is gone is no error")
    func sweep() throws {
        let (dead, living) = (pid_t.max, getppid())
        let names = [".shogo-tmp-\(dead)-a", ".shogo-tmp-\(getpid())-b", ".shogo-tmp-\(living)-c", ".shogo-tmp-odd", "shogo-tmp-1-d"]
        for name in names { directory.write("x", name) }
        #expect(names.filter { AtomicFile.isTemporary(directory[$0]) } == Array(names[..<4]))
        let folder = try OpenFolder(directory.path)
        for name in names[..<4] { try AtomicFile.sweep(FilePath.Component(name)!, in: folder) }
        #expect(directory.names() == [".shogo-tmp-\(living)-c", "shogo-tmp-1-d"])
        try AtomicFile.sweep(FilePath.Component(names[0])!, in: folder)
    }

    @Test("A folder that is not there, or a folder in the file's place, is an error that leaves nothing")
    func missingFolder() {
        #expect(throws: StorageError.self) { try AtomicFile.write([1], to: directory["none/file"]) }
        directory.write("old", "taken/file")
        #expect(throws: StorageError.self) { try AtomicFile.write([1], to: directory["taken"]) }
        #expect(directory.names() == ["taken"] && directory.names("taken") == ["file"])
    }

    @Test("A folder without the right to write leaves the old content", .enabled(if: rightsAreEnforced))
    func closedFolder() throws {
        directory.write("old", "folder/file")
        chmod(directory["folder"].string, 0o555)
        #expect(throws: StorageError.self) {
            try asNobody { try AtomicFile.write([1], to: directory["folder/file"]) }
        }
        #expect(try WholeFile.read(directory["folder/file"]) == Array("old".utf8))
        #expect(directory.names("folder") == ["file"])
    }

    @Test("Names are bytes: two that are not UTF-8 are two files")
    func rawNames() throws {
        let names = [[0x90, 0x7D, 0xFF], [0x90, 0x7D, 0xFE], [0x65, 0xCC, 0x81], [0xC3, 0xA9]].map { RawPath(bytes: $0) }
        for (index, name) in names.enumerated() { try AtomicFile.write([UInt8(index)], to: directory.path.appending(name)) }
        for (index, name) in names.enumerated() {
            #expect(try WholeFile.read(directory.path.appending(name)) == [UInt8(index)])
            #expect(directory.path.appending(name).raw.name == name)
        }
        #expect(directory.names().count == 4)
    }

    @Test("Folders are made with their parents, twice without harm, not over a file")
    func folders() throws {
        try AtomicFile.createDirectory(directory["a/b/c"])
        try AtomicFile.createDirectory(directory["a/b/c"])
        directory.write("", "file")
        #expect(throws: StorageError.self) { try AtomicFile.createDirectory(directory["file/below"]) }
    }

    @Test("A limit admits as many bytes and not one more", arguments: [0, 1, 65_536, 65_537, 200_000])
    func limit(_ count: Int) throws {
        var random = SplitMix64(seed: 7)
        let bytes = random.bytes(count)
        directory.write(bytes, RawPath("file"))
        #expect(try WholeFile.read(directory["file"]) == bytes)
        #expect(try WholeFile.read(directory["file"], limit: count) == bytes)
        guard count > 0 else { return }
        let error = #expect(throws: StorageError.self) { try WholeFile.read(directory["file"], limit: count - 1) }
        #expect(error?.isDamage == true)
    }

    @Test("A file whose size the system does not tell is read to its end")
    func sizeless() throws {
        #expect(try !WholeFile.read("/proc/self/status").isEmpty)
        #expect(throws: StorageError.self) { try WholeFile.read("/proc/self/status", limit: 10) }
        #expect(throws: StorageError.self) { try WholeFile.read(directory.path) }
    }

    @Test("SHA-256 is that of FIPS 180-4, in one piece or many")
    func sha256() {
        #expect(ContentDigest.sha256(of: Array("abc".utf8)).hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(ContentDigest.sha256(of: []).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        var random = SplitMix64(seed: 8)
        let bytes = random.bytes(1_000)
        var builder = DigestBuilder()
        builder.append(Array(bytes[..<333]))
        bytes[333...].withUnsafeBytes { builder.append($0) }
        #expect(builder.finalize() == .sha256(of: bytes))
        let pairs = [("ab", "c"), ("a", "bc")].map { pair in
            var builder = DigestBuilder()
            builder.append(pair.0)
            builder.append(pair.1)
            return builder.finalize()
        }
        #expect(pairs[0] != pairs[1])
    }

    @Test("Mapped bytes are the file's, none for an empty one, and outlive its name")
    func mapped() throws {
        directory.write("", "empty")
        let empty = try MappedBytes(path: directory["empty"])
        #expect(empty.count == 0 && empty.withBytes { $0.isEmpty })
        directory.write("content", "file")
        let file = try MappedBytes(path: directory["file"])
        try AtomicFile.write([1], to: directory["file"])
        #expect(file.withBytes { Array($0) } == Array("content".utf8))
        #expect(throws: StorageError.self) { try MappedBytes(path: directory.path) }
    }
}
