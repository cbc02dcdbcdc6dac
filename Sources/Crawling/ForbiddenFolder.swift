import Documents
import Glibc
import Storage
public import SystemPackage

/// A folder that no crawl may enter, read or open files of, by whatever name they are met: the workspace, whose catalog loses its locks
/// when a second descriptor of it is closed (https://www.sqlite.org/howtocorrupt.html, section 2.2).
public struct ForbiddenFolder: Sendable {
    private let path: FilePath?
    private let identities: Set<FileIdentity>

    /// `files` are names in the folder that must not be opened under other names either.
    public init(_ folder: FilePath, files: [String]) {
        path = FileIdentity.resolved(folder)
        identities = Set(([folder] + files.map { folder.appending($0) }).compactMap { FileIdentity($0) })
    }

    /// Whether a directory or file is the folder, one of its named files, or (for a link, which costs a look) anything in it.
    func holds(_ status: stat, at place: RawPath, below root: FilePath, isLink: Bool) -> Bool {
        if identities.contains(FileIdentity(status)) { return true }
        guard isLink, let path, let target = FileIdentity.resolved(root.appending(place)) else { return false }
        return target.starts(with: path)
    }
}
