import Documents

/// JATS and its forerunner of the NLM: journal articles.
struct JATSDialect: SheetDialect {
    let format = Sheet.Format.jats

    static func reads(_ root: XMLElement) -> Bool {
        root.name == "article" && root.namespace == nil && root.elements.contains { $0.name == "front" }
    }

    func role(of name: XMLName, in parent: XMLName?) -> ElementRole {
        switch name.local {
        case "journal-meta", "contrib-group", "permissions", "ref-list", "history", "pub-date", "aff", "author-notes", "article-id", "volume",
            "issue", "fpage", "lpage", "elocation-id", "subj-group", "kwd-group", "counts", "custom-meta-group", "funding-group", "ack", "self-uri":
            .skipped
        case "article-title", "subtitle", "title": .block(["caption", "fig", "table-wrap"].contains(parent?.local ?? "") ? .caption : .title)
        case "caption", "alt-text", "long-desc": .block(.caption)
        case "list-item", "def-item": .block(.listItem)
        case "boxed-text": .whole(.warning)
        case "tr": .whole(.row)
        default: .plain
        }
    }

    func flow(of name: XMLName) -> ElementFlow {
        if name.local == "break" { return .lineBreak }
        return Self.inline.contains(name.local) ? .inline : Self.blocks.contains(name.local) ? .block : .unknown
    }

    var noteMarks: Set<String> { ["sup", "xref"] }

    func isNoteMark(_ element: XMLElement) -> Bool { element.holdsOnly(element.name == "sup" ? ["xref"] : ["sup"]) }

    func parts(_ name: XMLName) -> Bool { Self.containers.contains(name.local) }

    func isTelling(_ name: XMLName) -> Bool { ["graphic", "inline-graphic", "media"].contains(name.local) }

    func figures(of element: XMLElement, in parent: XMLElement?, entities: [String: String]) -> [FigureTarget] {
        // The names of graphics often have no extension; those of media tell films by theirs.
        guard element.name != "media" || FileExtension.isPicture(element["href"] ?? "") else { return [] }
        return pictures(of: element, in: ["href"])
    }

    func title(of root: XMLElement, words: (XMLElement) -> String) -> String? { root.first(["article-title"]).map(words) }

    private static let inline: Set<String> = [
        "bold", "italic", "monospace", "overline", "roman", "sans-serif", "sc", "strike", "underline", "sub", "sup", "ext-link", "xref",
        "uri", "email", "named-content", "styled-content", "inline-formula", "inline-graphic", "inline-supplementary-material",
        "abbrev", "milestone-start", "milestone-end", "target", "tex-math", "math", "alternatives", "term", "private-char", "ruby",
        "rb",
    ]

    private static let blocks: Set<String> = [
        "p", "sec", "list", "list-item", "def-list", "def-item", "def", "disp-quote", "disp-formula", "disp-formula-group",
        "boxed-text", "preformat", "fig", "table-wrap", "table", "tr", "td", "th", "caption", "fn", "supplementary-material",
        "verse-group", "verse-line", "statement", "speech", "title", "label",
    ]

    private static let containers: Set<String> = [
        "article", "front", "body", "back", "sec", "app",
    ]
}
