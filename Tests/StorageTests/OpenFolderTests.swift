import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Storage

@Suite("Folders that are held open")
struct OpenFolderTests {
    let directory = TemporaryDirectory()

    @Test("A folder is removed with all that is in it, links as themselves: what they lead to stays")
    func links() throws {
        directory.write("kept", "outside/file")
        directory.write("x", "inside/codes/old/a")
        directory.link("inside/codes/old/folder", to: directory["outside"].string)
        directory.link("inside/codes/old/file", to: directory["outside/file"].string)
        directory.link("inside/codes/planted", to: "../../outside")
        mkfifo(directory["inside/codes/old/fifo"].string, 0o600)
        let folder = try OpenFolder(directory["inside"], below: "codes")
        for name in try folder.names() { try folder.remove(name) }
        #expect(directory.names("inside/codes") == [])
        #expect(directory.names("outside") == ["file"])
        try folder.remove("gone")
    }

    @Test("A link on the way is refused, and its target kept")
    func way() throws {
        directory.write("kept", "outside/old/file")
        directory.link("codes", to: "outside")
        #expect(throws: StorageError.system(operation: "follow the link", path: directory["codes"], errno: .tooManySymbolicLinkLevels)) {
            _ = try OpenFolder(directory.path, below: "codes")
        }
        #expect(throws: StorageError.self) { try OpenFolder(directory.path).pointing(at: "codes") { _ in } }
        try OpenFolder(directory.path).remove("codes")
        #expect(directory.names("outside/old") == ["file"] && directory.names() == ["outside"])
    }

    @Test("Folders deeper than a process has descriptors, and of names that moving up could meet, are removed")
    func depth() throws {
        var deep = open(directory.path.string, O_RDONLY)
        for level in 0..<1_200 {
            let name = ["deep", "moved-1", "moved-2", "moved-3"][level == 0 ? 0 : level % 4]
            for name in [name, "moved-\(level)", "file"] where name != "file" { mkdirat(deep, name, 0o755) }
            close(openat(deep, "f", O_WRONLY | O_CREAT, 0o600))
            let next = openat(deep, name, O_RDONLY)
            close(deep)
            deep = next
        }
        close(deep)
        let folder = try OpenFolder(directory.path)
        for name in try folder.names() { try folder.remove(name) }
        #expect(directory.names() == [])
    }

    @Test("A file system that is mounted inside is left alone", .enabled(if: getuid() == 0))
    func mounts() throws {
        directory.write("x", "tree/mounted/below")
        guard mount("shogo", directory["tree/mounted"].string, "tmpfs", 0, nil) == 0 else { return }  // not every root may
        directory.write("kept", "tree/mounted/file")
        #expect(throws: StorageError.self) { try OpenFolder(directory.path).remove("tree") }
        #expect(directory.names("tree/mounted") == ["file"])
        umount(directory["tree/mounted"].string)
    }

    @Test("A file is not written through a link that lies at its temporary name")
    func temporary() throws {
        directory.write("kept", "outside")
        directory.link(".shogo-tmp-\(getpid())-file", to: "outside")
        try AtomicFile.write([1], to: directory["file"])
        #expect(try WholeFile.read(directory["outside"]) == Array("kept".utf8))
        #expect(directory.names() == ["file", "outside"])
    }
}
