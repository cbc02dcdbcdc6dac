import Documents
import Foundation
import Queueing
import SystemPackage

/// Finds contents by the names that people and sheets use for files.
///
/// Names are compared in Unicode normal form C, and, where no exact name fits, without regard to case, and at last by what `LooseName`
/// makes of them: archives are copied between file systems that differ in all of these. Each way costs a table of all names, made when it
/// is first gone: an archive of exact names pays for one.
final class FileLookup {
    private typealias Place = (location: FileLocation, digest: ContentDigest)

    /// What a path leads to: one content; or several, which is as good as none.
    private struct Target {
        /// `nil` for several.
        private(set) var only: ContentDigest?

        init(_ digest: ContentDigest) { only = digest }

        mutating func add(_ digest: ContentDigest) {
            if only != digest { only = nil }
        }
    }

    private let locations: [ContentDigest: [FileLocation]]
    private let roots: [(number: Int64, path: String)]
    private lazy var byPath = targets { $0 }
    private lazy var byFoldedPath = targets { $0.lowercased() }
    // Nearly all names are their own loose ones: those are found among the folded paths.
    private lazy var byLoosePath = targets { Self.loose($0) }
    private lazy var byName = places { place in
        [place.path.name.key.lowercased()] + (Self.loose(place.path.key).map { [RawPath($0).name.key] } ?? [])
    }
    private lazy var byStem = places { [$0.path.stem.key.lowercased()] }
    /// Folders above its own that a relative path may be meant from.
    private static let mostFoldersAbove = 4

    /// Takes the places of the contents to be found: all images, say.
    init(_ locations: [ContentDigest: [FileLocation]], roots: [Int64: RawPath]) {
        self.locations = locations
        self.roots = roots.map { ($0.key, $0.value.key) }.sorted { $0.number < $1.number }
    }

    private static func loose(_ key: String) -> String? {
        let loose = LooseName.of(key)
        return loose == key.lowercased() ? nil : loose
    }

    private func targets(_ name: (String) -> String?) -> [Int64: [String: Target]] {
        var targets: [Int64: [String: Target]] = [:]
        for (digest, places) in locations {
            for place in places {
                guard let name = name(place.path.key) else { continue }
                targets[place.root, default: [:]][name, default: Target(digest)].add(digest)
            }
        }
        return targets
    }

    /// In the order of locations, so that what lies below a folder stands together.
    private func places(_ names: (FileLocation) -> [String]) -> [String: [Place]] {
        var found: [String: [Place]] = [:]
        for (digest, places) in locations {
            for place in places {
                for name in names(place) { found[name, default: []].append((place, digest)) }
            }
        }
        return found.mapValues { $0.count > 1 ? $0.sorted { $0.location < $1.location } : $0 }
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
    private func nearest(_ places: [Place]?, to folder: RawPath, _ root: Int64) -> ContentDigest? {
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
        if let found = byPath[root]?[key]?.only ?? byFoldedPath[root]?[key.lowercased()]?.only { return found }
        let loose = LooseName.of(key)
        let found = [byFoldedPath[root]?[loose], byLoosePath[root]?[loose]].compactMap(\.self)
        return found.allSatisfy { $0.only == found[0].only } ? found.first?.only : nil
    }

    private static func only(_ contents: Set<ContentDigest>) -> ContentDigest? { contents.count == 1 ? contents.first : nil }

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
