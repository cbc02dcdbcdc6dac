import Documents
import Parsing
import Queueing
import Yams

/// The encodings that the user names for folders whose texts do not say theirs: `parse.encodings` of `shogo.yaml`.
public struct FolderEncodings: Equatable, Sendable {
    /// Folders below any root, without `/` at the ends, with the names of their encodings; longer folders first.
    let folders: [(folder: String, encoding: String)]

    public static func == (left: Self, right: Self) -> Bool { left.text == right.text }

    init(_ mapping: inout CheckedMapping) throws {
        folders = try mapping.entries().map { key, value in
            let folder = RawPath(key.split(separator: "/").joined(separator: "/")).key
            guard let encoding = value.string, EncodingName.isKnown(encoding) else {
                throw mapping.error("'\(mapping.name).\(key)' must name an encoding, such as EUC-JP, Shift_JIS or windows-1252", at: value)
            }
            return (folder, encoding)
        }.sorted { ($1.folder.utf8.count, $0.folder) < ($0.folder.utf8.count, $1.folder) }
    }

    /// The encoding named for the nearest folder above a file; `nil` when none is.
    func encoding(of path: RawPath) -> String? {
        let text = path.key
        return folders.first { $0.folder.isEmpty || text.hasPrefix($0.folder + "/") }?.encoding
    }

    /// For the catalog: one line for each folder.
    var record: String { folders.map { "\($0.folder)\t\($0.encoding)" }.joined(separator: "\n") }

    /// As the user could write it, in one line.
    var text: String { folders.map { "\($0.folder): \($0.encoding)" }.joined(separator: ", ") }
}
