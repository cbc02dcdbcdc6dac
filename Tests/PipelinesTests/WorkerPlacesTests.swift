import CSandbox
import Documents
import Foundation
import Storage
import SystemPackage
import TestSupport
import Testing

@testable import Pipelines

@Suite("Where workers write")
struct WorkerPlacesTests {
    let directory = TemporaryDirectory()
    private var workspace: Workspace { Workspace(path: directory.path) }
    private static let model = String(repeating: "ab", count: 32)
    private static let extractor = Extractor.name(.image)
    private static let codes = "codes/" + model.prefix(32)

    init() {
        for file in ["catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm", "shogo.yaml", "lock", "index/CURRENT", "reports/all.csv"] {
            directory.write("before", file)
        }
        directory.write(Self.model + "\n", "models/CURRENT")
        for file in ["descriptors/\(Self.extractor)/00/a", "descriptors/old/a", Self.codes + "/00/a", "codes/old/a"] { directory.write("before", file) }
    }

    @Test(
        "A worker of a stage makes files in the folders of its stage only, and removes what its stage outdates",
        arguments: [
            ("parse", [], ["descriptors/\(extractor)/00", "descriptors/old", codes + "/00", "codes/old"]),
            ("recognise", [], ["descriptors/\(extractor)/00", "descriptors/old", codes + "/00", "codes/old"]),
            ("describe", ["descriptors/\(extractor)"], ["descriptors/\(extractor)/00"]),
            ("encode", [codes], [codes + "/00", "descriptors/\(extractor)/00", "descriptors/old"]),
        ] as [(String, [String], [String])])
    func stages(_ stage: String, _ made: [String], _ removed: [String]) async throws {
        let folders = ["", "models", "index", "reports", "codes", "descriptors", "codes/old", "descriptors/old", Self.codes, "descriptors/\(Self.extractor)"]
        let files = ["shogo.yaml", "lock", "models/CURRENT", "index/CURRENT", "reports/all.csv"]
        let old = ["descriptors/\(Self.extractor)/00", "descriptors/old", Self.codes + "/00", "codes/old"]
        let path: @Sendable (String) -> String = { [directory] in directory[$0].string }
        var attempts: SandboxTests.Attempts = []
        for folder in folders { attempts.append(("make in " + folder, { Int(open(path(folder) + "/.shogo-tmp-1-x", O_WRONLY | O_CREAT, 0o600)) })) }
        for folder in folders { attempts.append(("make a folder in " + folder, { Int(mkdir(path(folder) + "/ff", 0o700)) })) }
        for file in files { attempts.append(("write " + file, { Int(open(path(file), O_WRONLY)) })) }
        for file in files { attempts.append(("remove " + file, { Int(unlink(path(file))) })) }
        for folder in old { attempts.append(("remove in " + folder, { Int(unlink(path(folder) + "/a")) })) }
        for end in ["", "-wal", "-shm"] { attempts.append(("catalog" + end, { Int(open(path("catalog.sqlite" + end), O_RDWR | O_TRUNC)) })) }
        let places = try WorkerPlaces(workspace, stage: stage)
        let (status, errors) = await SandboxTests.confined(
            by: { (try? places.lend { shogo_sandbox_write_only_at($0, $1) }) ?? -1 }, attempts)
        guard status == 0 else {
            #expect(status == ENOSYS)
            return
        }
        let granted = made.flatMap { ["make in " + $0, "make a folder in " + $0] } + removed.map { "remove in " + $0 } + ["catalog", "catalog-wal", "catalog-shm"]
        for (name, error) in errors { #expect(error == (granted.contains(name) ? 0 : EACCES), "\(name)") }
    }

    @Test("A link that lies where a worker would write is refused", arguments: ["parse", "recognise", "describe", "encode"])
    func planted(_ stage: String) throws {
        let outside = TemporaryDirectory()
        rename(directory["codes"].string, directory["codes-before"].string)
        rename(directory["descriptors"].string, directory["descriptors-before"].string)
        for name in ["codes", "descriptors"] { directory.link(name, to: outside.path.string) }
        #expect(throws: StorageError.self) { try WorkerPlaces(workspace, stage: stage).lend { _, _ in } }
    }
}
