import Documents
import Indexing
import Queueing
import Storage

/// Publishes a snapshot of everything that has codes of the current model.
struct IndexStage {
    let archive: OpenWorkspace

    /// Publishes, or leaves the snapshot that says the same already; answers its manifest.
    func run(model: String, dimension: Int) throws -> SnapshotManifest {
        let contents = try ContentStages(archive: archive).encoded(model: model)
        let index = archive.workspace.index
        if let current = try index.openCurrent(), current.manifest.model == model, Self.holds(current, exactly: contents) {
            return current.manifest
        }
        return try index.publish(model: model, dimension: dimension, contents: contents) { digest, pages in
            try CodeFile.read(archive.workspace.codeFile(digest, model: model), model: model, pages: pages)
        }
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
