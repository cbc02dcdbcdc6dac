import Crawling
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
            guard !workspace.lies(in: root) else {
                throw ShogoError(.usage, "the workspace \(workspace.path) lies in the root \(root); make it elsewhere, or Shogo would index its own files")
            }
        }
        try checkDistinct(roots, workspace)
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

    /// Refuses roots that are one directory under two names, or lie in each other or in the workspace: files would count twice.
    static func checkDistinct(_ roots: [FilePath], _ workspace: Workspace) throws {
        for (place, root) in roots.enumerated() {
            if let other = roots.enumerated().first(where: { $0.offset != place && FileIdentity.place(of: root, below: $0.element) != nil })?.element {
                throw ShogoError(.usage, "the root \(root) is, or lies in, the root \(other) by another name; name only one of them in shogo.yaml, or files would count twice")
            }
            guard FileIdentity.place(of: root, below: workspace.path) == nil else {
                throw ShogoError(.usage, "the root \(root) lies in the workspace \(workspace.path); name another in shogo.yaml, or Shogo would index its own files")
            }
        }
    }

    /// Every root the catalog knows, for showing paths.
    func rootNames() throws -> [Int64: String] {
        try catalog.roots().mapValues(\.display)
    }
}
