import Describing
import Foundation
import Indexing
import Queueing
import Storage
import SystemPackage

/// `shogo verify`: reads every byte that Shogo wrote and checks it against its checksum.
public struct Verification: Encodable, Sendable {
    /// Files read.
    public var files = 0
    /// What is wrong, one sentence each; empty when all is well.
    public var problems: [String] = []

    public init(archive: OpenWorkspace) throws {
        check { try archive.workspace.index.verify() }
        check {
            let models = ModelFolder(workspace: archive.workspace)
            guard let digest = try models.currentDigest() else { return 0 }
            _ = try models.load(digest)
            _ = try models.loadTrial(models.record(digest), of: digest)
            return 2
        }
        check {
            try archive.catalog.check()
            return 1
        }
        for path in Self.tensorFiles(below: archive.workspace.path.appending("descriptors")) {
            check { try Self.unlessGone { try DescriptorFile.verify(path) } }
        }
        for path in Self.tensorFiles(below: archive.workspace.path.appending("codes")) {
            check { try Self.unlessGone { try CodeFile.verify(path) } }
        }
        problems.sort()
    }

    private mutating func check(_ body: () throws -> Int) {
        do {
            files += try body()
        } catch {
            problems.append("\(error)")
        }
    }

    /// Counts one file; none when a run beside this one has removed it since it was listed.
    private static func unlessGone(_ verify: () throws -> Void) throws -> Int {
        do {
            try verify()
            return 1
        } catch let error as StorageError where error.isMissing {
            return 0
        }
    }

    private static func tensorFiles(below folder: FilePath) -> [FilePath] {
        guard let names = FileManager.default.enumerator(atPath: folder.string) else { return [] }
        return names.compactMap { $0 as? String }.map { folder.pushing(FilePath($0)) }.filter {
            $0.extension == "safetensors" && !AtomicFile.isTemporary($0)
        }
    }
}
