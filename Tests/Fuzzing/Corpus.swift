import Foundation

/// The files that cases grow from.
struct Corpus {
    /// In the order of their paths, so that a case number means the same file in each process.
    let files: [[UInt8]]

    /// Reads the regular files of at most `maxBytes` below the folders that feed `decoder`.
    init(folders: [String], decoder: Decoder, maxBytes: Int) throws {
        var paths: [String] = []
        for folder in folders {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else { throw UsageError("there is no \(folder)") }
            guard isFolder.boolValue else {
                paths.append(folder)
                continue
            }
            let names = FileManager.default.enumerator(atPath: folder)
            while let name = names?.nextObject() as? String { paths.append("\(folder)/\(name)") }
        }
        files = paths.sorted().compactMap { path in
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, (1...maxBytes).contains(Int(status.st_size)),
                let data = FileManager.default.contents(atPath: path), decoder.reads(Array(data.prefix(1024)))
            else { return nil }
            return Array(data)
        }
        guard !files.isEmpty else { throw UsageError("no file of at most \(maxBytes) bytes for \(decoder.rawValue) below \(folders.joined(separator: ", "))") }
    }
}
