import Documents

/// Collects what a reader finds, in reading order.
struct SheetBuilder {
    private(set) var fragments: [Fragment] = []
    private var figures: [FigureReference] = []
    private var identifiers: [String] = []
    private var anchors: [TextAnchor] = []
    private var parts: [ListedFile] = []
    private var lentBytes = 0
    private var known: Set<String> = []

    /// More identifiers than this are a parts catalogue; the first ones still tell which.
    private static let identifierLimit = 200
    private static let titleLength = 120
    /// Bytes of all that a sheet lends: elements with identifiers inside each other lend the same words again and again.
    private static let mostLent = 16 << 20

    /// Adds a text, folded, unless nothing is left of it, and the identifiers in it.
    mutating func add(_ kind: Fragment.Kind, _ text: String, at place: TextPlace) {
        add(kind, folded: text.folded, at: place)
    }

    /// Adds a text whose white space is folded already.
    mutating func add(_ kind: Fragment.Kind, folded text: String, borrowed: [BorrowedText] = [], at place: TextPlace) {
        let text = EncodedBytes.without(text)
        guard !text.isEmpty else { return }
        fragments.append(Fragment(kind: kind, place: place, text: text, borrowed: borrowed))
        guard identifiers.count < Self.identifierLimit else { return }
        for identifier in IdentifierScanner.scan(text) { add(identifier: identifier) }
    }

    /// Keeps a text that another sheet may borrow.
    mutating func lend(_ name: String, _ words: String, _ borrowed: [BorrowedText]) {
        guard !words.isEmpty, lentBytes < Self.mostLent else { return }
        lentBytes += words.utf8.count
        anchors.append(TextAnchor(name: name, text: words, borrowed: borrowed))
    }

    mutating func add(identifier: String) {
        guard identifiers.count < Self.identifierLimit, known.insert(identifier).inserted else { return }
        identifiers.append(identifier)
    }

    /// Adds a figure, once per place.
    mutating func add(figure target: String, isKey: Bool = false, name: String? = nil, at place: TextPlace) {
        let target = target.folded
        let figure = FigureReference(target: target, isKey: isKey, name: name, place: place)
        guard !target.isEmpty, figures.last != figure else { return }
        figures.append(figure)
    }

    /// Adds a file whose text belongs here.
    mutating func add(part target: String, at place: TextPlace) {
        parts.append(ListedFile(target: target.folded, place: place))
    }

    /// Adds the files of entities by name, once each, where a text refers to them.
    mutating func addParts(_ files: [String: String]) {
        guard !files.isEmpty else { return }
        var missing = files
        for fragment in fragments {
            for piece in fragment.text.split(separator: "&").dropFirst(fragment.text.hasPrefix("&") ? 0 : 1) {
                guard let end = piece.firstIndex(of: ";"), let file = missing.removeValue(forKey: String(piece[..<end])) else { continue }
                add(part: file.percentDecoded, at: fragment.place)
            }
        }
    }

    /// The sheet; without a title of its own it takes its first words.
    func finish(_ format: Sheet.Format, encoding: String, title: String?, language: String?) throws(ParsingFailure) -> Sheet {
        guard let first = fragments.first else { throw ParsingFailure(.noText, "the sheet holds no text to read") }
        let own = String(EntityReference.words(of: EncodedBytes.without(title?.folded ?? "")))
        // Names of texts that stand elsewhere are no title.
        let speaking = fragments.lazy.map { EntityReference.words(of: $0.text) }.first { !$0.isEmpty }
        let opening = String(speaking ?? first.text[...]).replacing(String(BorrowedText.mark), with: "").folded
        return Sheet(
            format: format, encoding: encoding, title: (own.isEmpty ? opening.isEmpty ? "…" : opening : own).shortened(to: Self.titleLength),
            language: language, identifiers: identifiers, fragments: fragments, figures: figures,
            anchors: anchors, parts: parts)
    }
}
