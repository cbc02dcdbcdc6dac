import Documents
import FoundationEssentials
import Storage
import SystemPackage

/// The `pairs` folder: copies of the files that `shogo train --pairs` was given. Every later training knows them too, until the
/// user deletes a copy.
struct KeptPairFiles {
    private let folder: FilePath

    init(_ workspace: Workspace) {
        folder = workspace.path.appending("pairs")
    }

    /// The copies in the order of their names, without those of `files`, which are newer themselves.
    func paths(without files: [FilePath]) throws -> [FilePath] {
        guard FileManager.default.fileExists(atPath: folder.string) else { return [] }
        let newer = Set(files.map(copy))
        return try FileManager.default.contentsOfDirectory(atPath: folder.string).sorted().map { folder.appending($0) }
            .filter { !newer.contains($0) && !AtomicFile.isTemporary($0) }
    }

    /// Keeps a copy of `file`, in place of an older one; answers where.
    func keep(_ file: FilePath) throws -> FilePath {
        try AtomicFile.createDirectory(folder)
        try AtomicFile.write(try NamedFile.read(file, as: "the pairs"), to: copy(of: file))
        return copy(of: file)
    }

    /// One copy per path, so that a file given again replaces what it was.
    private func copy(of file: FilePath) -> FilePath {
        let path = ContentDigest.sha256(of: file.raw.bytes).hex.prefix(8)
        return folder.appending("\(path)-\(file.lastComponent?.string ?? "")")
    }
}
