import Documents

/// TEI: editions of texts, often of printed or written pages that are there as pictures.
struct TEIDialect: SheetDialect {
    let format = Sheet.Format.tei

    static func reads(_ root: XMLElement) -> Bool {
        ["TEI", "TEI.2", "teiCorpus"].contains(root.name) || root.namespace == "http://www.tei-c.org/ns/1.0"
    }

    func role(of name: XMLName, in parent: XMLName?) -> ElementRole {
        switch name.local {
        case "encodingDesc", "profileDesc", "revisionDesc", "publicationStmt", "editionStmt", "respStmt", "extent", "author", "editor", "fw": .skipped
        case "sourceDesc", "facsimile": .silent
        case "head", "title": .block(["figure", "table"].contains(parent?.local ?? "") ? .caption : titleKind(in: parent))
        case "figDesc": .block(.caption)
        case "item": .block(.listItem)
        case "row": .whole(.row)
        case "p", "ab", "lg", "sp", "note": .block(.paragraph)
        default: .plain
        }
    }

    func isTelling(_ name: XMLName) -> Bool { ["url", "facs"].contains(name.local) }

    func figures(of element: XMLElement, in parent: XMLElement?, entities: [String: String]) -> [FigureTarget] {
        // A reference into the same document names a zone, which has its own graphic.
        pictures(of: element, in: ["url", "facs"]).filter { !$0.name.hasPrefix("#") }
    }

    func title(of root: XMLElement) -> String? {
        root.first(["titleStmt"])?.first(["title"]) { !$0.text().isBlank }?.text() ?? root.first(["head"])?.text()
    }

    /// A title inside running text is that of another work.
    private func titleKind(in parent: XMLName?) -> Fragment.Kind { parent?.local == "p" ? .paragraph : .title }
}
