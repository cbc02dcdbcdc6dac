import Glibc
public import SystemPackage

/// Which file or directory it is, under whatever name: links, bind mounts and `..` lead to the same one.
public struct FileIdentity: Hashable, Sendable {
    public let device: UInt64
    public let inode: UInt64

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }

    /// What `path` leads to, links followed; `nil` when it leads nowhere.
    public init?(_ path: FilePath) {
        var status = stat()
        guard path.withPlatformString({ stat($0, &status) }) == 0 else { return nil }
        self.init(status)
    }

    /// Where `path` lies below the directory `ancestor`, whatever names lead to either; empty when it is that directory itself, `nil`
    /// when it is not below it or one of them is not there.
    public static func place(of path: FilePath, below ancestor: FilePath) -> FilePath? {
        guard let top = FileIdentity(ancestor), var folder = resolved(path) else { return nil }
        var below: [FilePath.Component] = []
        while FileIdentity(folder) != top {
            guard let last = folder.lastComponent else { return nil }
            below.insert(last, at: 0)
            folder.removeLastComponent()
        }
        return FilePath(root: nil, below)
    }

    /// `path` without links; `nil` when it leads nowhere.
    public static func resolved(_ path: FilePath) -> FilePath? {
        guard let resolved = path.withPlatformString({ realpath($0, nil) }) else { return nil }
        defer { free(resolved) }
        return FilePath(platformString: resolved)
    }
}
