import Documents
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Storage

@Suite("Mapped files that cannot be read any more")
struct MappingTests {
    static let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let directory = TemporaryDirectory()

    private func file(_ name: String, pages: Int) throws -> MappedBytes {
        directory.write([UInt8](repeating: 7, count: pages * Self.page), RawPath(name))
        return try MappedBytes(path: directory[name])
    }

    private func sum(_ bytes: MappedBytes) -> Int { bytes.withBytes { $0.reduce(0) { $0 + Int($1) } } }

    @Test("A file that becomes shorter reads as zeros from there on, and that is an error; the process lives")
    func truncated() throws {
        let bytes = try file("file", pages: 5)
        try bytes.checkRead()
        truncate(directory["file"].string, 2 * Self.page)
        #expect(sum(bytes) == 7 * 2 * Self.page)
        #expect(throws: StorageError.truncated(path: directory["file"], expectedBytes: 5 * Self.page, actualBytes: 2 * Self.page)) {
            try bytes.checkRead()
        }
        // The size is right again, but what was read was not the file.
        truncate(directory["file"].string, 5 * Self.page)
        let error = #expect(throws: StorageError.system(operation: "read", path: directory["file"], errno: .ioError)) { try bytes.checkRead() }
        #expect(error?.isDamage == true, "made anew, it would have other sectors")
        // The next mapping knows nothing of it.
        let next = try MappedBytes(path: directory["file"])
        #expect(sum(next) == 7 * 2 * Self.page)
        try next.checkRead()
    }

    @Test("A file that loses part of its last page faults nowhere, and is found all the same")
    func lastPage() throws {
        let bytes = try file("file", pages: 2)
        truncate(directory["file"].string, 2 * Self.page - 1)
        #expect(sum(bytes) == 7 * (2 * Self.page - 1))
        #expect(throws: StorageError.self) { try bytes.checkRead() }
    }

    @Test("A file that was replaced or removed while it was mapped stays readable to its end")
    func replaced() throws {
        let bytes = try file("file", pages: 2)
        try AtomicFile.write([1], to: directory["file"])
        #expect(sum(bytes) == 7 * 2 * Self.page)
        try bytes.checkRead()
        unlink(directory["file"].string)
        try bytes.checkRead()
    }

    @Test("Of many mappings, made, broken and ended by many threads, just the broken ones are errors")
    func many() async throws {
        try await withThrowingTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    for round in 0..<6 {
                        let files = try (0..<70).map { try file("\(task)-\($0)", pages: 3) }
                        for (index, bytes) in files.enumerated() {
                            let broken = (index + round) % 3 == 0
                            if broken { truncate(directory["\(task)-\(index)"].string, Self.page) }
                            #expect(sum(bytes) == 7 * Self.page * (broken ? 1 : 3))
                            if broken { unlink(directory["\(task)-\(index)"].string) }
                            do throws(StorageError) {
                                try bytes.checkRead()
                                #expect(!broken)
                            } catch {
                                #expect(broken && error == .system(operation: "read", path: directory["\(task)-\(index)"], errno: .ioError))
                            }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("Threads that meet the same broken mapping at once all go on")
    func sameMapping() async throws {
        for _ in 0..<20 {
            let bytes = try file("file", pages: 40)
            truncate(directory["file"].string, 0)
            await withTaskGroup { group in
                for thread in 0..<4 {
                    group.addTask {
                        let sum = bytes.withBytes { bytes in
                            stride(from: thread.isMultiple(of: 2) ? 0 : 39, through: thread.isMultiple(of: 2) ? 39 : 0, by: thread.isMultiple(of: 2) ? 1 : -1)
                                .reduce(0) { $0 + Int(bytes[$1 * Self.page]) }
                        }
                        #expect(sum == 0)
                        #expect(throws: StorageError.self) { try bytes.checkRead() }
                    }
                }
            }
        }
    }

    @Test("A fault that is not in a mapping of ours ends the process, and so does a signal that somebody sends")
    func others() async {
        await #expect(processExitsWith: .signal(SIGBUS)) {
            let directory = TemporaryDirectory()
            directory.write("content", "file")
            let bytes = try MappedBytes(path: directory["file"])
            let descriptor = open(directory["file"].string, O_RDWR)
            let other = try #require(mmap(nil, 7, PROT_READ, MAP_SHARED, descriptor, 0))
            ftruncate(descriptor, 0)
            exit(Int32(other.load(as: UInt8.self)) + Int32(bytes.count))
        }
        await #expect(processExitsWith: .signal(SIGBUS)) {
            let directory = TemporaryDirectory()
            directory.write("content", "file")
            let bytes = try MappedBytes(path: directory["file"])
            raise(SIGBUS)
            exit(Int32(bytes.count))
        }
    }

    @Test("A tensor file that becomes shorter after it was opened fails as truncated, whether it is verified or read")
    func tensorFile() throws {
        let values = [Float](repeating: 1, count: 4 * Self.page)
        try TensorFile(kind: "shard", version: 1, tensors: ["a": Tensor(values)]).write(to: directory["file"])
        let size = try WholeFile.read(directory["file"]).count
        let files = try (0..<2).map { _ in try TensorFile(contentsOf: directory["file"], kind: "shard", versions: 1...1) }
        truncate(directory["file"].string, Self.page)
        let error = StorageError.truncated(path: directory["file"], expectedBytes: size, actualBytes: Self.page)
        #expect(throws: error) { try files[0].verify() }
        #expect(files[1].tensors["a"]?.values(as: Float.self) != values)
        #expect(throws: error) { try files[1].checkRead() }
    }
}
