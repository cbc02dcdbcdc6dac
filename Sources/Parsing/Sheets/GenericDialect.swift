import Documents

/// XML of no known family: text makes blocks, well-known names tell their kind.
struct GenericDialect: SheetDialect {
    let format = Sheet.Format.xml

    func role(of name: XMLName, in parent: XMLName?) -> ElementRole {
        switch name.local.lowercased() {
        case "script", "style": .skipped
        case "title", "h1", "h2", "h3", "h4", "h5", "h6", "heading": .block(.title)
        case "step": .block(.step)
        // A library record's notes warn of nothing.
        case "note" where name.namespace?.contains("loc.gov") ?? false: .block(.paragraph)
        case "warning", "caution", "danger", "note": .whole(.warning)
        case "li", "listitem", "item", "dt", "dd": .block(.listItem)
        case "tr", "row": .whole(.row)
        case "caption", "figcaption": .block(.caption)
        case "p", "para", "div", "table", "section", "ul", "ol", "dl", "pre", "blockquote": .block(.paragraph)
        default: .plain
        }
    }

    func flow(of name: XMLName) -> ElementFlow {
        // Word's runs.
        let isWord = name.namespace.map { $0.contains("wordprocessingml") || $0.hasSuffix("/wordml") } ?? false
        if isWord, ["r", "t", "ins", "hyperlink", "smartTag"].contains(name.local) { return .inline }
        return Self.inline.contains(name.local) ? .inline : Self.blocks.contains(name.local) ? .block : .unknown
    }

    func isTelling(_ name: XMLName) -> Bool {
        name.local.lowercased() == "entityref" || Self.attributes.contains(name.local.lowercased())
    }

    func figures(of element: XMLElement, in parent: XMLElement?, entities: [String: String]) -> [FigureTarget] {
        let typed = parent?["MIMETYPE"]?.hasPrefix("image/") ?? false
        return element.attributes.compactMap { attribute in
            let name = attribute.name.lowercased()
            if name == "entityref" { return FigureTarget(name: (entities[attribute.value] ?? attribute.value).percentDecoded) }
            guard Self.attributes.contains(name) else { return nil }
            let isPicture = FileExtension.isPicture(attribute.value) || typed && attribute.name == "href"
            return isPicture ? FigureTarget(name: attribute.value.percentDecoded) : nil
        }
    }

    func title(of root: XMLElement, words: (XMLElement) -> String) -> String? {
        root.first(["title", "Title", "h1", "heading", "Heading"]) { !words($0).isBlank }.map(words)
            ?? root.first(["name", "Name", "head", "Head"]) { $0.hasOwnText }.map(words)
    }

    private static let attributes: Set<String> = ["href", "src", "fileref", "url", "filename", "file", "imagefilename", "source", "path"]

    private static let inline: Set<String> = [
        "emphasis", "strong", "span", "sub", "sup", "hi", "bold", "italic", "underline", "ph", "ruby", "rb",
    ]

    private static let blocks: Set<String> = [
        "p", "para", "div", "table", "section", "ul", "ol", "dl", "pre", "blockquote", "li", "listitem", "item", "dt", "dd", "tr",
        "row", "td", "th", "cell", "entry",
    ]
}
