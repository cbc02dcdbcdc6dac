import Crawling
public import Documents
public import Indexing
import Storage
public import SystemPackage

/// The directory that Shogo writes: where everything lies in it.
public struct Workspace: Sendable {
    public let path: FilePath

    /// The workspace at `path`, made absolute; the folder need not exist yet.
    public init(path: FilePath) {
        self.path = Self.absolute(path)
    }

    public var configurationFile: FilePath { path.appending("shogo.yaml") }
    public var catalogFile: FilePath { path.appending("catalog.sqlite") }
    public var lockFile: FilePath { path.appending("lock") }
    public var modelFolder: FilePath { path.appending("models") }
    public var index: IndexFolder { IndexFolder(path: path.appending("index")) }

    /// What no crawl may touch, by whatever name it is met.
    var forbiddenFolder: ForbiddenFolder {
        ForbiddenFolder(path, files: ["catalog.sqlite", "catalog.sqlite-wal", "catalog.sqlite-shm", "lock"])
    }

    /// Where the descriptors of one content lie; 256 folders keep each listing short.
    public func descriptorFile(_ digest: ContentDigest, extractor: String) -> FilePath {
        sharded(descriptorFolder(extractor: extractor), digest)
    }

    func descriptorFolder(extractor: String) -> FilePath { path.appending("descriptors").appending(extractor) }

    /// Where the codes of one content lie.
    public func codeFile(_ digest: ContentDigest, model: String) -> FilePath {
        sharded(codeFolder(model: model), digest)
    }

    func codeFolder(model: String) -> FilePath { path.appending("codes").appending(String(model.prefix(32))) }

    private func sharded(_ folder: FilePath, _ digest: ContentDigest) -> FilePath {
        folder.appending(String(digest.hex.prefix(2))).appending(digest.hex + ".safetensors")
    }

    /// `path` seen from the current directory, without `.` and `..`; links are not resolved.
    public static func absolute(_ path: FilePath) -> FilePath {
        guard !path.isAbsolute else { return path.lexicallyNormalized() }
        return currentDirectory().pushing(path).lexicallyNormalized()
    }

    /// Whether the workspace is the folder `other` or lies below it, by whatever names; it need not be there yet.
    func lies(in other: FilePath) -> Bool {
        var existing = path
        while FileIdentity(existing) == nil, !existing.components.isEmpty { existing.removeLastComponent() }
        return path.starts(with: other) || FileIdentity.place(of: existing, below: other) != nil
    }

    /// What to say when there is no workspace at `path`.
    var missing: ShogoError {
        ShogoError(.usage, "\(path) is not a workspace: it has no shogo.yaml; make one with 'shogo init \(path) --root DIR'")
    }
}
