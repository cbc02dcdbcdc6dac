import Documents
import Foundation
import Indexing
import Queueing
import Storage
import SystemPackage

/// Forgets contents that no file has had for `crawl.keepGone` days: their rows in the catalog, descriptors, codes, and the snapshots of that
/// time. What the published snapshot still holds waits until the next one.
struct ForgetStage {
    let archive: OpenWorkspace

    /// Answers how many contents were forgotten. `published` are the contents of the snapshot in use.
    func run(published: () throws -> Set<ContentDigest>) throws -> Int {
        let days = archive.configuration.keepGone
        var gone = try archive.catalog.contentsGone(days: days)
        guard !gone.isEmpty else { return 0 }
        let published = try published()
        gone.removeAll { published.contains($0) }
        guard !gone.isEmpty else { return 0 }
        try removeNumbers(of: gone)
        try archive.workspace.index.forget(before: .now - Double(days * 86_400))
        try archive.catalog.forget(gone)
        return gone.count
    }

    /// Removes descriptors and codes, of whatever extractor and model: after a kill in between, the catalog still knows whose to remove.
    private func removeNumbers(of digests: [ContentDigest]) throws {
        let workspace = try OpenFolder(archive.workspace.path)
        for part: FilePath.Component in ["descriptors", "codes"] where try workspace.kind(of: part) == .folder {
            let folder = try workspace.folder(part)
            for maker in try folder.names() where try folder.kind(of: maker) == .folder {
                let files = try folder.folder(maker)
                for digest in digests {
                    guard let prefix = FilePath.Component(String(digest.hex.prefix(2))), let name = FilePath.Component(digest.hex + ".safetensors"),
                        try files.kind(of: prefix) == .folder
                    else { continue }
                    let bucket = try files.folder(prefix)
                    if try bucket.kind(of: name) != nil { try bucket.remove(name) }
                }
            }
        }
    }
}
