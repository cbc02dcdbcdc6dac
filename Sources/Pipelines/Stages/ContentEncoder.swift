import CorrelationLearning
import Describing
import Documents
import Indexing
import LinearAlgebra
import SystemPackage
import Storage

/// Turns descriptor files into code files with the workspace's model.
struct ContentEncoder {
    private let workspace: Workspace
    private let models: ModelFolder
    let model: CorrelationModel
    let modelDigest: String

    init(workspace: Workspace) throws {
        self.workspace = workspace
        models = ModelFolder(workspace: workspace)
        guard let digest = try models.currentDigest() else {
            throw ShogoError(.failed, "the workspace has no model; run 'shogo train --workspace \(workspace.path)'")
        }
        modelDigest = digest
        model = try models.load(digest)
        guard model.extractors == Extractor.names else {
            throw ShogoError(.failed, "the model \(digest.prefix(12)) was trained on descriptors of another version of Shogo; run the pipeline again first")
        }
    }

    /// Writes the code file of one content. One content at a time, so that its codes never depend on its neighbours.
    func encode(_ digest: ContentDigest, _ modality: Modality) throws {
        let codes = try codes(workspace.descriptorFile(digest, extractor: Extractor.name(modality)), modality)
        let path = workspace.codeFile(digest, model: modelDigest)
        try AtomicFile.createDirectory(path.removingLastComponent())
        try CodeFile.encode(codes, model: modelDigest).write(to: path)
    }

    private func codes(_ descriptors: FilePath, _ modality: Modality) throws -> Matrix {
        switch modality {
        case .image: try encode(pages: DescriptorFile.readPages(descriptors))
        case .sheet: encode(sheet: try DescriptorFile.readSheet(descriptors))
        }
    }

    func encode(pages: [ImageDescriptor]) throws -> Matrix {
        let coarse = Matrix(rows: pages.count, columns: ImageDescriber.dimension, values: pages.flatMap(\.coarse))
        return model.encode(images: coarse)
    }

    func encode(sheet: SheetDescriptor) -> Matrix {
        let code = model.encode(sheet: sheet)
        return Matrix(rows: 1, columns: code.count, values: code)
    }
}
