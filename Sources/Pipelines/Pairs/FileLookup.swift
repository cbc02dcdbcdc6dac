import Documents
import Foundation
import Queueing
import SystemPackage

/// Finds contents by the names that people and sheets use for files.
///
/// Names are compared in Unicode normal form C, and, where no exact name fits, without regard to case: archives are
/// copied between file systems that differ in both.
struct FileLookup {
    private var byPath: [Int64: [String: ContentDigest]] = [:]
    private var byFoldedPath: [Int64: [String: Set<ContentDigest>]] = [:]
    private var byName: [String: Set<ContentDigest>] = [:]
    private var byStem: [String: Set<ContentDigest>] = [:]
    private let roots: [(number: Int64, path: String)]

    /// Takes the places of the contents to be found: all images, say.
    init(_ locations: [ContentDigest: [FileLocation]], roots: [Int64: RawPath]) {
        self.roots = roots.map { ($0.key, $0.value.key) }.sorted { $0.number < $1.number }
        for (digest, places) in locations {
            for place in places {
                let key = place.path.key
                byPath[place.root, default: [:]][key] = digest
                byFoldedPath[place.root, default: [:]][key.lowercased(), default: []].insert(digest)
                byName[place.path.name.key.lowercased(), default: []].insert(digest)
                byStem[place.path.stem.key.lowercased(), default: []].insert(digest)
            }
        }
    }

    /// The content at a path that a user wrote: absolute, or relative to any root; with `\` between folders, as Windows writes
    /// them, when no name holds one.
    func content(named path: String) -> ContentDigest? {
        content(at: path) ?? (path.contains("\\") ? content(at: path.replacing("\\", with: "/")) : nil)
    }

    private func content(at path: String) -> ContentDigest? {
        let wanted = Self.normal(path)
        for (number, root) in roots {
            if let found = content(root: number, key: wanted) { return found }
            if path.hasPrefix(root + "/"), let found = content(root: number, key: Self.normal(String(path.dropFirst(root.count + 1)))) { return found }
        }
        return nil
    }

    /// The content that a sheet in `folder` refers to: by relative path, else by a name or stem that only one content has.
    func content(target: String, from folder: RawPath, root: Int64) -> ContentDigest? {
        let path = String(target.prefix { $0 != "#" && $0 != "?" }).replacing("\\", with: "/")
        guard !path.isEmpty else { return nil }
        if let found = content(root: root, key: Self.normal(folder.bytes.isEmpty ? path : folder.key + "/" + path)) { return found }
        let name = RawPath(path).name
        return Self.only(byName[name.key.lowercased()]) ?? Self.only(byStem[name.key.lowercased()])
            ?? Self.only(byStem[name.stem.key.lowercased()])
    }

    /// Every content of a stem.
    func contents(stem: RawPath) -> Set<ContentDigest> { byStem[stem.key.lowercased()] ?? [] }

    private func content(root: Int64, key: String) -> ContentDigest? {
        byPath[root]?[key] ?? Self.only(byFoldedPath[root]?[key.lowercased()])
    }

    private static func only(_ contents: Set<ContentDigest>?) -> ContentDigest? {
        contents?.count == 1 ? contents?.first : nil
    }

    /// A path without `.` and `..`, as `RawPath.key` would write it.
    private static func normal(_ path: String) -> String {
        RawPath(FilePath(path).lexicallyNormalized().string).key
    }
}
