import Documents
import Foundation
import Queueing
import Storage
public import SystemPackage

/// A workspace with its configuration read and its catalog open.
public struct OpenWorkspace: Sendable {
    public let workspace: Workspace
    public let configuration: Configuration
    let catalog: Catalog

    /// Opens the workspace; throws when it is none, or its `shogo.yaml` has an error.
    public init(_ workspace: Workspace) throws {
        self.workspace = workspace
        configuration = try Configuration(workspace)
        catalog = try Catalog(path: workspace.catalogFile.string)
    }

    /// Makes a new workspace: its directory and `shogo.yaml`. An existing configuration is never overwritten.
    public static func create(_ workspace: Workspace, roots: [FilePath], dryRun: Bool = false) throws {
        let roots = roots.map(Workspace.absolute)
        for root in roots {
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: root.string, isDirectory: &isDirectory), isDirectory.boolValue else {
                throw ShogoError(.usage, "the root \(root) is not a directory; name a directory that exists")
            }
            guard !workspace.path.starts(with: root) else {
                throw ShogoError(.usage, "the workspace \(workspace.path) lies in the root \(root); make it elsewhere, or Shogo would index its own files")
            }
        }
        guard !FileManager.default.fileExists(atPath: workspace.configurationFile.string) else {
            throw ShogoError(.usage, "\(workspace.path) is a workspace already; edit its shogo.yaml, or choose another directory")
        }
        let yaml = Configuration.template(roots: roots)
        _ = try Configuration(yaml: yaml, file: workspace.configurationFile.string, relativeTo: workspace.path)
        guard !dryRun else { return }
        try AtomicFile.createDirectory(workspace.path)
        try AtomicFile.write(Array(yaml.utf8), to: workspace.configurationFile)
        _ = try OpenWorkspace(workspace)
    }

    /// The configured roots by their catalog numbers, in the order of `shogo.yaml`; a new one gets its number, or 0 when `dryRun`.
    func roots(dryRun: Bool = false) throws -> [(number: Int64, path: FilePath)] {
        guard dryRun else { return try configuration.roots.map { (try catalog.root($0.raw), $0) } }
        let known = try catalog.roots()
        return configuration.roots.map { path in (known.first { $0.value == path.raw }?.key ?? 0, path) }
    }

    /// Every root the catalog knows, for showing paths.
    func rootNames() throws -> [Int64: String] {
        try catalog.roots().mapValues(\.display)
    }
}
