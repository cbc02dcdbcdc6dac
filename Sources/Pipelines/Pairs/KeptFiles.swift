import Documents
import FoundationEssentials
import Storage
import SystemPackage

/// Copies of files that `shogo train` was given, in a folder of the workspace. Every later training knows them too, until the user
/// deletes a copy.
struct KeptFiles {
    private let folder: FilePath
    private let what: String

    static func pairs(_ workspace: Workspace) -> KeptFiles { KeptFiles(folder: workspace.path.appending("pairs"), what: "the pairs") }

    static func labels(_ workspace: Workspace) -> KeptFiles { KeptFiles(folder: workspace.path.appending("labels"), what: "the labels") }

    /// The copies in the order of their names, without those of `files`, which are newer themselves.
    func paths(without files: [FilePath]) throws -> [FilePath] {
        guard FileManager.default.fileExists(atPath: folder.string) else { return [] }
        let newer = Set(files.map(copy))
        return try FileManager.default.contentsOfDirectory(atPath: folder.string).sorted().map { folder.appending($0) }
            .filter { !newer.contains($0) && !AtomicFile.isTemporary($0) }
    }

    /// Keeps copies of those `files` that `shogo.yaml` does not name, in place of older ones.
    func keep(_ files: [FilePath], named: [FilePath], remark: (String) -> Void) throws {
        for file in files where !named.contains(file) {
            try AtomicFile.createDirectory(folder)
            try AtomicFile.write(try NamedFile.read(file, as: what), to: copy(of: file))
            remark("later trainings know \(what) of \(file) too, from the copy \(copy(of: file)); delete it to forget them")
        }
    }

    /// One copy per path, so that a file given again replaces what it was.
    private func copy(of file: FilePath) -> FilePath {
        let path = ContentDigest.sha256(of: file.raw.bytes).hex.prefix(8)
        return folder.appending("\(path)-\(file.lastComponent?.string ?? "")")
    }
}
