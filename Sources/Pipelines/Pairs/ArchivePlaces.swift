import Documents
import Queueing

/// Where each content of the archive lies, read once: a hundred thousand places take a while.
struct ArchivePlaces {
    let all: [ContentDigest: [FileLocation]]
    let sheets: [ContentDigest: [FileLocation]]
    let images: [ContentDigest: [FileLocation]]
    let roots: [Int64: RawPath]

    init(_ archive: OpenWorkspace) throws {
        let all = try archive.catalog.locations()
        func places(_ modality: Modality) throws -> [ContentDigest: [FileLocation]] {
            Dictionary(uniqueKeysWithValues: try archive.catalog.documents(modality).compactMap { document in all[document.digest].map { (document.digest, $0) } })
        }
        self.all = all
        sheets = try places(.sheet)
        images = try places(.image)
        roots = try archive.catalog.roots()
    }

    var sheetLookup: FileLookup { FileLookup(sheets, roots: roots) }
    var imageLookup: FileLookup { FileLookup(images, roots: roots) }
}
