import Documents
import Foundation
import Queueing
import SystemPackage

/// Finds contents by the names that people and sheets use for files.
///
/// Names are compared in Unicode normal form C, and, where no exact name fits, without regard to case, and at last by what `LooseName`
/// makes of them: archives are copied between file systems that differ in all of these.
struct FileLookup {
    private var byPath: [Int64: [String: Set<ContentDigest>]] = [:]
    private var byFoldedPath: [Int64: [String: Set<ContentDigest>]] = [:]
    private var byLoosePath: [Int64: [String: Set<ContentDigest>]] = [:]
    private var byName: [String: [(location: FileLocation, digest: ContentDigest)]] = [:]
    private var byStem: [String: [(location: FileLocation, digest: ContentDigest)]] = [:]
    /// Folders above its own that a relative path may be meant from.
    private static let mostFoldersAbove = 4
    private let roots: [(number: Int64, path: String)]

    /// Takes the places of the contents to be found: all images, say.
    init(_ locations: [ContentDigest: [FileLocation]], roots: [Int64: RawPath]) {
        self.roots = roots.map { ($0.key, $0.value.key) }.sorted { $0.number < $1.number }
        for (digest, places) in locations {
            for place in places {
                let key = place.path.key, folded = key.lowercased()
                byPath[place.root, default: [:]][key, default: []].insert(digest)
                byFoldedPath[place.root, default: [:]][folded, default: []].insert(digest)
                // Nearly all names are their own loose ones: those are found among the folded paths.
                let loose = LooseName.of(key)
                if loose != folded {
                    byLoosePath[place.root, default: [:]][loose, default: []].insert(digest)
                    byName[RawPath(loose).name.key, default: []].append((place, digest))
                }
                byName[place.path.name.key.lowercased(), default: []].append((place, digest))
                byStem[place.path.stem.key.lowercased(), default: []].append((place, digest))
            }
        }
        for name in byName.keys { byName[name]?.sort { $0.location < $1.location } }
        for stem in byStem.keys { byStem[stem]?.sort { $0.location < $1.location } }
    }

    /// All contents of a modality in the archive.
    init(_ archive: OpenWorkspace, _ modality: Modality) throws {
        let digests = Set(try archive.catalog.documents(modality).map(\.digest))
        self.init(try archive.catalog.locations().filter { digests.contains($0.key) }, roots: try archive.catalog.roots())
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
        // The target is decoded: what looks like a query or a fragment may be part of a name (`x%231.png`), and more likely so where there
        // is such a file.
        let whole = target.replacing("\\", with: "/")
        let path = String(whole.prefix { $0 != "#" && $0 != "?" })
        if path != whole, let found = self.content(path: whole, from: folder, root: root) { return found }
        return self.content(path: path, from: folder, root: root, byStem: byStem)
    }

    /// The same of a path; `byStem` is `nil` where neither names nor stems elsewhere count.
    private func content(path: String, from folder: RawPath, root: Int64, byStem: Bool? = nil) -> ContentDigest? {
        guard !path.isEmpty else { return nil }
        var base = folder
        for _ in 0...Self.mostFoldersAbove {
            if let found = content(root: root, key: Self.normal(base.bytes.isEmpty ? path : base.key + "/" + path)) { return found }
            guard !base.bytes.isEmpty else { break }
            base = base.folder
        }
        guard let byStem else { return nil }
        let name = RawPath(path).name
        if let found = nearest(byName[name.key.lowercased()], to: folder, root) ?? nearest(byName[LooseName.of(name.key)], to: folder, root) { return found }
        guard byStem else { return nil }
        return nearest(self.byStem[name.key.lowercased()], to: folder, root) ?? nearest(self.byStem[name.stem.key.lowercased()], to: folder, root)
    }

    /// The one content of a stem in `folder`, else in the folders beside and below it; `nil` where none or several have it.
    func content(stem: RawPath, beside folder: RawPath, root: Int64) -> ContentDigest? {
        let places = (byStem[stem.key.lowercased()] ?? []).filter { $0.location.root == root }
        let near = places.filter { $0.location.path.folder == folder }
        if !near.isEmpty { return Self.only(Set(near.map(\.digest))) }
        let sisters = places.filter { place in
            let other = place.location.path.folder
            return !folder.bytes.isEmpty && other.folder == folder.folder || other.folder == folder || other == folder.folder
        }
        return Self.only(Set(sisters.map(\.digest)))
    }

    /// The one content among places in the nearest folder above that has any of them below it; `nil` where that has several contents.
    /// `places` is sorted: each folder on the way up costs a binary search.
    private func nearest(_ places: [(location: FileLocation, digest: ContentDigest)]?, to folder: RawPath, _ root: Int64) -> ContentDigest? {
        guard let places, let first = places.first else { return nil }
        var above = folder
        while true {
            let start = above.bytes.isEmpty ? [] : above.bytes + [UInt8(ascii: "/")]
            let from = places.partitioningIndex { $0.location >= FileLocation(root: root, path: RawPath(bytes: start)) }
            let below = places[from...].prefix { $0.location.root == root && $0.location.path.bytes.starts(with: start) }
            if let one = below.first { return below.allSatisfy { $0.digest == one.digest } ? one.digest : nil }
            guard !above.bytes.isEmpty else { break }
            above = above.folder
        }
        return places.allSatisfy { $0.digest == first.digest } ? first.digest : nil
    }

    /// Every content of a stem.
    func contents(stem: RawPath) -> Set<ContentDigest> { Set((byStem[stem.key.lowercased()] ?? []).map(\.digest)) }

    private func content(root: Int64, key: String) -> ContentDigest? {
        if let found = Self.only(byPath[root]?[key]) ?? Self.only(byFoldedPath[root]?[key.lowercased()]) { return found }
        let loose = LooseName.of(key)
        return Self.only((byFoldedPath[root]?[loose] ?? []).union(byLoosePath[root]?[loose] ?? []))
    }

    private static func only(_ contents: Set<ContentDigest>?) -> ContentDigest? {
        contents?.count == 1 ? contents?.first : nil
    }

    /// A path without `.` and `..`, as `RawPath.key` would write it.
    private static func normal(_ path: String) -> String {
        RawPath(FilePath(path).lexicallyNormalized().string).key
    }
}

extension Array {
    /// The first index whose element fits, in an array where all that fit stand behind all that do not.
    fileprivate func partitioningIndex(where fits: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if fits(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
