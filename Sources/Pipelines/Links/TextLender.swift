import Documents

/// Finds the texts that sheets borrow from each other.
struct TextLender {
    private let anchors: [ContentDigest: [String: TextAnchor]]
    /// The same by the element alone, whatever its topic: of several the first by name.
    private let elements: [ContentDigest: [Substring: TextAnchor]]
    private let keys: KeySpace
    private let lookup: FileLookup
    private let locations: [ContentDigest: [FileLocation]]
    /// Titles of sheets: what a key says that has no words of its own.
    private let titles: [ContentDigest: String]

    init(
        anchors: [ContentDigest: [String: TextAnchor]], keys: KeySpace, lookup: FileLookup, locations: [ContentDigest: [FileLocation]],
        titles: [ContentDigest: String]
    ) {
        self.anchors = anchors
        elements = anchors.mapValues { own in
            Dictionary(own.keys.sorted().compactMap { name in
                name.lastIndex(of: "/").flatMap { slash in own[name].map { (name[name.index(after: slash)...], $0) } }
            }, uniquingKeysWith: { first, _ in first })
        }
        self.keys = keys
        self.lookup = lookup
        self.locations = locations
        self.titles = titles
    }

    /// Borrowed texts borrow in their turn; a chain longer than this is a circle.
    private static let mostSteps = 10
    /// Bytes of a fragment with all that it borrows.
    private static let mostBytes = 32 << 10

    /// The content that a borrowed text stands in; `nil` when the archive has none, or when a key is only words.
    func source(of text: BorrowedText, in sheet: ContentDigest, at place: FileLocation) -> ContentDigest? {
        guard text.isKey else {
            guard let path = text.target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).first else { return nil }
            return path.isEmpty ? sheet : lookup.content(target: String(path), from: place.path.folder, root: place.root)
        }
        guard let found = keys.definition(keyName(text), from: place), let target = found.key.target else { return nil }
        return lookup.content(target: target, from: found.map.path.folder, root: found.map.root)
    }

    /// `text` with each mark replaced by what belongs there; marks whose text is not found stay. `found` tells which were.
    func resolve(_ text: String, _ borrowed: [BorrowedText], in sheet: ContentDigest, at place: FileLocation) -> (text: String, found: [Bool]) {
        resolve(text, borrowed, in: sheet, at: place, steps: 0)
    }

    private func resolve(
        _ text: String, _ borrowed: [BorrowedText], in sheet: ContentDigest, at place: FileLocation, steps: Int
    ) -> (text: String, found: [Bool]) {
        let pieces = text.unicodeScalars.split(separator: BorrowedText.mark, omittingEmptySubsequences: false).map { String($0) }
        var result = pieces.first ?? ""
        var found: [Bool] = []
        for (piece, wanted) in zip(pieces.dropFirst(), borrowed) {
            let words = result.utf8.count < Self.mostBytes && steps < Self.mostSteps ? words(of: wanted, in: sheet, at: place, steps: steps) : nil
            result += words ?? String(BorrowedText.mark)
            result += piece
            found.append(words != nil)
        }
        return (result, found)
    }

    private func words(of text: BorrowedText, in sheet: ContentDigest, at place: FileLocation, steps: Int) -> String? {
        if text.isKey, !text.target.contains("/") {
            return keys.definition(text.target, from: place)?.key.text ?? source(of: text, in: sheet, at: place).flatMap { titles[$0] }
        }
        guard let source = source(of: text, in: sheet, at: place), let anchor = anchor(text, of: source),
            let there = source == sheet ? place : locations[source]?.first
        else { return nil }
        return resolve(anchor.text, anchor.borrowed, in: source, at: there, steps: steps + 1).text
    }

    /// `topic/element` of a path, or the element behind a key in any topic.
    private func anchor(_ text: BorrowedText, of source: ContentDigest) -> TextAnchor? {
        let own = anchors[source] ?? [:]
        if text.isKey {
            guard let element = text.target.split(separator: "/", maxSplits: 1).dropFirst().first else { return nil }
            return elements[source]?[element]
        }
        guard let name = text.target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first else { return nil }
        // "./element" is short for this topic.
        return own[String(name)] ?? (name.hasPrefix("./") ? elements[source]?[name.dropFirst(2)] : nil)
    }

    private func keyName(_ text: BorrowedText) -> String { String(text.target.prefix { $0 != "/" }) }
}
