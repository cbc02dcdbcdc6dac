import Documents

/// TEI: editions of texts, often of printed or written pages that are there as pictures.
struct TEIDialect: SheetDialect {
    let format = Sheet.Format.tei

    static func reads(_ root: XMLElement) -> Bool {
        ["TEI", "TEI.2", "teiCorpus"].contains(root.name) || root.namespace == "http://www.tei-c.org/ns/1.0"
    }

    func role(of name: XMLName, in parent: XMLName?) -> ElementRole {
        switch name.local {
        case "encodingDesc", "profileDesc", "revisionDesc", "publicationStmt", "editionStmt", "respStmt", "extent", "author", "editor", "fw", "del": .skipped
        case "sourceDesc", "facsimile": .silent
        case "head", "title": .block(["figure", "table"].contains(parent?.local ?? "") ? .caption : titleKind(in: parent))
        case "figDesc": .block(.caption)
        case "item": .block(.listItem)
        case "row": .whole(.row)
        case "p", "ab", "lg", "sp", "note": .block(.paragraph)
        default: .plain
        }
    }

    func flow(of name: XMLName) -> ElementFlow {
        if ["lb", "pb", "cb", "gb"].contains(name.local) { return .lineBreak }
        return Self.inline.contains(name.local) ? .inline : Self.blocks.contains(name.local) ? .block : .unknown
    }

    var noteMarks: Set<String> { ["ref", "ptr"] }

    /// A number or a sign that leads to another place of the text.
    func isNoteMark(_ element: XMLElement) -> Bool {
        guard element["target"]?.hasPrefix("#") ?? false else { return false }
        if element["type"]?.lowercased().contains("note") ?? false { return true }
        guard let text = element.onlyText, text.count <= 16 else { return false }
        return !String(decoding: text, as: UTF8.self).contains(where: \.isLetter)
    }

    func parts(_ name: XMLName) -> Bool { Self.containers.contains(name.local) }

    func isTelling(_ name: XMLName) -> Bool { ["url", "facs"].contains(name.local) }

    func figures(of element: XMLElement, in parent: XMLElement?, entities: [String: String]) -> [FigureTarget] {
        // A reference into the same document names a zone, which has its own graphic.
        pictures(of: element, in: ["url", "facs"]).filter { !$0.name.hasPrefix("#") }
    }

    func isChoice(_ name: XMLName) -> Bool { ["choice", "app", "rdgGrp"].contains(name.local) }

    /// What the editors would have read: corrected, regularised, expanded.
    func chosen(in element: XMLElement) -> XMLElement? {
        let preferred: Set<String> = element.name == "choice" ? ["corr", "reg", "expan", "ex"] : ["lem"]
        return element.elements.first { preferred.contains($0.name) } ?? element.elements.first { $0.name != "note" && $0.name != "wit" }
    }

    func title(of root: XMLElement, words: (XMLElement) -> String) -> String? {
        root.first(["titleStmt"])?.first(["title"]) { !words($0).isBlank }.map(words) ?? root.first(["head"]).map(words)
    }

    /// A title inside running text is that of another work.
    private func titleKind(in parent: XMLName?) -> Fragment.Kind { parent?.local == "p" ? .paragraph : .title }

    private static let inline: Set<String> = [
        "hi", "seg", "emph", "foreign", "term", "mentioned", "soCalled", "gloss", "name", "persName", "placeName", "orgName", "rs",
        "date", "num", "measure", "abbr", "expan", "ex", "am", "sic", "corr", "orig", "reg", "choice", "app", "lem", "rdg", "rdgGrp",
        "add", "del", "subst", "supplied", "unclear", "surplus", "damage", "gap", "ref", "ptr", "c", "g", "formula", "code", "idno",
        "title", "anchor", "milestone", "ruby", "rb",
    ]

    private static let blocks: Set<String> = [
        "p", "ab", "lg", "l", "sp", "div", "list", "item", "table", "row", "cell", "head", "figure", "stage", "speaker", "opener",
        "closer", "salute", "signed", "dateline", "address", "addrLine", "titlePage", "docTitle", "titlePart",
    ]

    private static let containers: Set<String> = [
        "TEI", "text", "body", "front", "back", "group", "div", "div1", "div2", "div3", "div4",
    ]
}
