import Describing
import Documents
import Indexing
import LinearAlgebra
import Matching
import Parsing
import Queueing
public import Reporting
import Storage
public import SystemPackage

/// `shogo query`: what one file, in the archive or not, belongs to.
public struct Query {
    private let archive: OpenWorkspace

    public init(archive: OpenWorkspace) {
        self.archive = archive
    }

    /// The best `top` items of the other modality for every page of the file, or for the sheet it is.
    public func rows(_ file: FilePath, top: Int) throws -> [MatchRow] {
        guard let snapshot = try archive.workspace.index.openCurrent() else {
            throw ShogoError(.failed, "nothing is indexed yet; run a pipeline first, such as pipelines/nightly.yaml")
        }
        let bytes = try NamedFile.read(file, as: "the query")
        let encoder = try ContentEncoder(workspace: archive.workspace)
        guard encoder.modelDigest == snapshot.manifest.model else {
            throw ShogoError(.failed, "the model was trained after the snapshot was made; run the pipeline again first")
        }
        let (modality, exact, title) = try encode(bytes, named: file, encoder)
        // As the index has them, so that a content of the archive gets the scores of the report.
        let codes = CodeFile.stored(exact)
        let digest = ContentDigest.sha256(of: bytes)
        let similarities = try snapshot.manifest.similarities.map {
            try HubnessCorrection(neighbours: $0.neighbours).similarities(of: codes, among: snapshot.shards(modality.other))
        }
        let query = CodeSet(
            items: (1...max(1, codes.rows)).map { Item(digest: digest, page: $0) }, codes: codes, similarities: similarities, blockScore: snapshot.manifest.score)
        let names = try MatchNames(archive: archive, snapshot: snapshot)
        var rows: [MatchRow] = []
        try ExactJoin(k: top).join(queries: [query], candidates: snapshot.shards(modality.other)) { matches in
            rows += matches.compactMap { names.row($0, from: modality, root: "", path: file.raw.display, copies: 1, title: title) }
        }
        return rows
    }

    private func encode(_ bytes: [UInt8], named file: FilePath, _ encoder: ContentEncoder) throws -> (Modality, Matrix, title: String) {
        let parser = ContentParser(limits: archive.configuration.parsing)
        do {
            switch try parser.parse(bytes, name: file.raw.name) {
            case .sheet(let sheet):
                return (.sheet, encoder.encode(sheet: SheetDescriber().describe(sheet)), sheet.title)
            case .images(let pages):
                // Where the archive has the picture, as it lies there.
                let digest = ContentDigest.sha256(of: bytes)
                let describing = PageDescribing(parser: parser)
                let descriptors = try pages.map { page in
                    let turn = try archive.catalog.recognisedTurn(of: digest, page: page.number)
                    return try bytes.withUnsafeBufferPointer { lent throws(ParsingFailure) in try describing.describe(page.number, of: lent, turn: turn) }
                }
                return (.image, try encoder.encode(pages: descriptors), "")
            case .companion(let companion):
                throw ShogoError(.usage, "\(file) is a companion of other files (\(companion.kind.rawValue)); query with one of those")
            }
        } catch let failure as ParsingFailure {
            throw ShogoError(.failed, "\(file): \(failure.reason.rawValue): \(failure.message). \(failure.reason.advice)")
        }
    }
}
