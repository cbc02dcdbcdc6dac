import Documents
import Foundation
import Indexing
import LinearAlgebra
import Matching
import Queueing
import Storage
import SystemPackage

/// Publishes a snapshot of everything that has codes of the current model.
struct IndexStage {
    let archive: OpenWorkspace

    /// Publishes, or leaves the snapshot that says the same already; answers its manifest. With `neighbours` of the model, scores are corrected
    /// by so many. Throws when codes are damaged: without them
    /// (`removeDamagedCodes`) the encode stage makes them anew.
    func run(model: String, dimension: Int, score: BlockScore?, neighbours: Int) throws -> SnapshotManifest {
        let contents = try ContentStages(archive: archive).encoded(model: model)
        let index = archive.workspace.index
        if let current = try index.openUsable(remark: { _ in }), current.manifest.model == model, Self.holds(current, exactly: contents),
            try !archive.catalog.isIndexStale() {
            try memo(model).note(current.digest.hex)
            return current.manifest
        }
        let correction = neighbours > 0 ? HubnessCorrection(neighbours: neighbours) : nil
        let manifest = try index.publish(
            model: model, dimension: dimension, score: score, contents: contents,
            codes: { digest, pages in try CodeFile.read(archive.workspace.codeFile(digest, model: model), model: model, pages: pages) },
            similarities: correction.map { correction in { images, sheets in try correction.similarities(images: images, sheets: sheets) } })
        try archive.catalog.clearIndexStale()
        try forgetOutdated(model: model)
        try memo(model).note(manifest.digest.hex)
        return manifest
    }

    /// The manifest of the published snapshot when nothing has changed since it was published, in the archive, in the codes or in itself.
    func unchanged(model: String) throws -> SnapshotManifest? {
        try NumberLedger(archive: archive).refreshCodes(model: model)
        guard let published = try memo(model).outcome(), try !archive.catalog.isIndexStale(),
            let current = try archive.workspace.index.openUsable(remark: { _ in }), current.digest.hex == published
        else { return nil }
        return current.manifest
    }

    private func memo(_ model: String) throws -> StepMemo {
        StepMemo(archive.catalog, "index", for: [try archive.catalog.revision(of: .archive), try archive.catalog.revision(of: .encoded), model])
    }

    /// Removes every code file that cannot be published; answers how many. Reads them all.
    func removeDamagedCodes(model: String) throws -> Int {
        try ContentStages(archive: archive).encoded(model: model).values.joined().count { digest, pages in
            let path = archive.workspace.codeFile(digest, model: model)
            return try Workspace.removeIfDamaged(path) { () throws(StorageError) in _ = try CodeFile.read(path, model: model, pages: pages) }
        }
    }

    /// Removes codes of other models and descriptors of other describers: nothing reads them any more.
    private func forgetOutdated(model: String) throws {
        let workspace = archive.workspace
        let kept = Modality.allCases.map { workspace.descriptorFolder(extractor: Extractor.name($0)) } + [workspace.codeFolder(model: model)]
        for part in ["descriptors", "codes"] {
            let folder = try OpenFolder(workspace.path, below: FilePath(part))
            for name in try folder.names() where !kept.contains(folder.path.appending(name)) { try folder.remove(name) }
        }
        try archive.catalog.forgetListings(except: Extractor.names.values + [model])
    }

    private static func holds(_ snapshot: Snapshot, exactly contents: [Modality: [(digest: ContentDigest, pages: Int)]]) -> Bool {
        Modality.allCases.allSatisfy { modality in
            let wanted = (contents[modality] ?? []).flatMap { content in
                (0..<content.pages).map { Item(digest: content.digest, page: $0 + 1) }
            }
            return snapshot.shards(modality).flatMap(\.items) == wanted
        }
    }
}
