import Crawling
import Foundation
import Storage
public import SystemPackage

/// `shogo ingest`: takes a directory into the archive.
public enum Ingest {
    /// Makes sure that `directory` lies in a root: a directory outside all roots becomes one, in `shogo.yaml`.
    ///
    /// Answers whether `shogo.yaml` was changed. The text around the new line stays as the user wrote it.
    public static func admit(_ directory: FilePath, to workspace: Workspace, dryRun: Bool) throws -> Bool {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory.string, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw ShogoError(.usage, "\(directory) is not a directory; name a directory that exists")
        }
        let configuration = try Configuration(workspace)
        guard !configuration.roots.contains(where: { directory.starts(with: $0) || FileIdentity.place(of: directory, below: $0) != nil }) else { return false }
        guard !workspace.lies(in: directory), FileIdentity.place(of: directory, below: workspace.path) == nil else {
            throw ShogoError(.usage, "the workspace \(workspace.path) and \(directory) lie in each other; Shogo would index its own files")
        }
        if let inner = configuration.roots.first(where: { $0.starts(with: directory) || FileIdentity.place(of: $0, below: directory) != nil }) {
            throw ShogoError(.usage, "\(directory) holds the root \(inner); name it as a root in shogo.yaml in place of that one")
        }
        guard !dryRun else { return true }
        let lock = try WorkspaceLock(workspace)
        defer { withExtendedLifetime(lock) {} }
        let file = workspace.configurationFile
        let yaml = String(decoding: try WholeFile.read(file, limit: 1 << 20), as: UTF8.self)
        let changed = try Configuration.adding(root: directory, to: yaml, file: file.string, relativeTo: workspace.path)
        try AtomicFile.write(Array(changed.utf8), to: file)
        return true
    }
}
