import Documents
import Foundation
import Queueing
import SystemPackage

/// Finds contents by the names that people and sheets use for files.
///
/// Names are compared in Unicode normal form C, and, where no exact name fits, without regard to case: archives are
/// copied between file systems that differ in both.
struct FileLookup {
    private var byPath: [Int64: [String: Set<ContentDigest>]] = [:]
    private var byFoldedPath: [Int64: [String: Set<ContentDigest>]] = [:]
    private var byName: [String: [FileLocation: ContentDigest]] = [:]
    private var byStem: [String: [FileLocation: ContentDigest]] = [:]
    /// Folders above its own that a relative path may be meant from.
    private static let mostFoldersAbove = 4
    private let roots: [(number: Int64, path: String)]

    /// Takes the places of the contents to be found: all images, say.
    init(_ locations: [ContentDigest: [FileLocation]], roots: [Int64: RawPath]) {
        self.roots = roots.map { ($0.key, $0.value.key) }.sorted { $0.number < $1.number }
        for (digest, places) in locations {
            for place in places {
                let key = place.path.key
                byPath[place.root, default: [:]][key, default: []].insert(digest)
                byFoldedPath[place.root, default: [:]][key.lowercased(), default: []].insert(digest)
                byName[place.path.name.key.lowercased(), default: [:]][place] = digest
                byStem[place.path.stem.key.lowercased(), default: [:]][place] = digest
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

    /// The content that a file in `folder` refers to: by a path from there or from a folder above, else by its name or, unless told
    /// otherwise, its stem; where several have it the one that lies nearest.
    func content(target: String, from folder: RawPath, root: Int64, byStem: Bool = true) -> ContentDigest? {
        let path = String(target.prefix { $0 != "#" && $0 != "?" }).replacing("\\", with: "/")
        guard !path.isEmpty else { return nil }
        var base = folder
        for _ in 0...Self.mostFoldersAbove {
            if let found = content(root: root, key: Self.normal(base.bytes.isEmpty ? path : base.key + "/" + path)) { return found }
            guard !base.bytes.isEmpty else { break }
            base = base.folder
        }
        let name = RawPath(path).name
        if let found = nearest(byName[name.key.lowercased()], to: folder, root) { return found }
        guard byStem else { return nil }
        return nearest(self.byStem[name.key.lowercased()], to: folder, root) ?? nearest(self.byStem[name.stem.key.lowercased()], to: folder, root)
    }

    /// The one content among places that shares the longest way from the root with `folder`; `nil` where two are equally near.
    private func nearest(_ places: [FileLocation: ContentDigest]?, to folder: RawPath, _ root: Int64) -> ContentDigest? {
        guard let places, !places.isEmpty else { return nil }
        let distinct = Set(places.values)
        guard distinct.count > 1 else { return distinct.first }
        let here = folder.bytes.split(separator: UInt8(ascii: "/"))
        func shared(_ place: FileLocation) -> Int {
            place.root == root ? zip(place.path.folder.bytes.split(separator: UInt8(ascii: "/")), here).prefix { $0.0 == $0.1 }.count : -1
        }
        let longest = places.keys.map(shared).max() ?? -1
        let near = Set(places.filter { shared($0.key) == longest }.values)
        return near.count == 1 ? near.first : nil
    }

    /// Every content of a stem.
    func contents(stem: RawPath) -> Set<ContentDigest> { Set((byStem[stem.key.lowercased()] ?? [:]).values) }

    private func content(root: Int64, key: String) -> ContentDigest? {
        Self.only(byPath[root]?[key]) ?? Self.only(byFoldedPath[root]?[key.lowercased()])
    }

    private static func only(_ contents: Set<ContentDigest>?) -> ContentDigest? {
        contents?.count == 1 ? contents?.first : nil
    }

    /// A path without `.` and `..`, as `RawPath.key` would write it.
    private static func normal(_ path: String) -> String {
        RawPath(FilePath(path).lexicallyNormalized().string).key
    }
}
