import Documents
import Queueing

/// `shogo links`: what the files of the archive say about each other, and what of it leads nowhere.
public struct Links {
    public enum State: String, CaseIterable, Encodable, Sendable {
        case resolved, dangling
        /// An address on the network, which no file of the archive can be.
        case external
    }

    /// One mention of another file.
    public struct Entry: Encodable, Sendable {
        public var kind: LinkKind
        public var state: State
        /// The file with the mention, and where in it.
        public var root: String, path: String, place: String
        public var target: String
        /// The file that it leads to; `null` for none, or for words that a map has itself.
        public var targetPath: String?
        /// What became of that file: `sheet`, `image`, `companion`, `unsupported`, `quarantined`.
        public var outcome: String?
    }

    private let archive: OpenWorkspace

    public init(archive: OpenWorkspace) {
        self.archive = archive
    }

    /// Whether a target begins with a scheme that leads out of any file system: `https:`, `mailto:`, but no drive letter.
    private static func isExternal(_ target: String) -> Bool {
        if target.hasPrefix("//") { return true }
        guard let colon = target.firstIndex(of: ":") else { return false }
        let scheme = target[..<colon].lowercased()
        return scheme.count > 1 && scheme != "file" && scheme.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) } && !scheme.contains("/")
            && (target[target.index(after: colon)...].hasPrefix("//") || ["mailto", "tel", "data", "javascript", "urn", "doi"].contains(scheme))
    }

    /// All links of the kinds and states asked for, by kind, path and place.
    public func entries(kinds: [LinkKind] = LinkKind.allCases, state: State? = nil) throws -> [Entry] {
        let roots = try archive.rootNames()
        let locations = try archive.catalog.locations()
        let outcomes = try archive.catalog.outcomes()
        let links = try ArchiveLinks(archive: archive)
        return try links.links(archive.catalog.anchors()).compactMap { link in
            let found: State = link.isResolved ? .resolved : Self.isExternal(link.target) ? .external : .dangling
            guard kinds.contains(link.kind), state == nil || state == found else { return nil }
            return Entry(
                kind: link.kind, state: found, root: roots[link.source.root] ?? "", path: link.source.path.display, place: link.place, target: link.target,
                targetPath: link.content.flatMap { locations[$0]?.first?.path.display }, outcome: link.content.flatMap { outcomes[$0] })
        }.sorted { ($0.kind.rawValue, $0.root, $0.path) < ($1.kind.rawValue, $1.root, $1.path) }
    }
}
