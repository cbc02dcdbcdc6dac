import Documents

/// XML of no known family: text makes blocks, well-known names tell their kind. Reads ALTO, PAGE and METS sensibly.
struct GenericDialect: SheetDialect {
    let format = Sheet.Format.xml
    private let isScanText: Bool

    init(root: XMLElement) {
        isScanText = root.name == "alto" || root.name == "PcGts"
    }

    func role(of element: XMLElement, in parent: XMLElement?) -> ElementRole {
        if isScanText { return scanRole(of: element, in: parent) }
        return switch element.name.lowercased() {
        case "script", "style", "metshdr", "techmd", "amdsec": .skipped
        case "title", "h1", "h2", "h3", "h4", "h5", "h6", "heading": .block(.title)
        case "step": .block(.step)
        // A library record's notes warn of nothing.
        case "note" where element.namespace?.contains("loc.gov") ?? false: .block(.paragraph)
        case "warning", "caution", "danger", "note": .whole(.warning)
        case "li", "listitem", "item", "dt", "dd": .block(.listItem)
        case "tr", "row": .whole(.row)
        case "caption", "figcaption": .block(.caption)
        case "p", "para", "div", "table", "section", "ul", "ol", "dl", "pre", "blockquote":
            .block(.paragraph)
        default: .plain
        }
    }

    func text(of element: XMLElement) -> String? {
        switch element.name {
        case "TextBlock" where isScanText: ALTOText.text(of: element)
        case "TextRegion" where isScanText: PAGEText.text(of: element)
        case "div", "mets": element["LABEL"]
        default: nil
        }
    }

    func figures(of element: XMLElement, in parent: XMLElement?, entities: [String: String]) -> [String] {
        let typed = parent?["MIMETYPE"]?.hasPrefix("image/") ?? false
        return element.attributes.compactMap { attribute in
            switch attribute.name.lowercased() {
            case "entityref": return (entities[attribute.value] ?? attribute.value).percentDecoded
            case "href", "src", "fileref", "url", "filename", "file", "imagefilename", "source", "path":
                let isPicture = FileExtension.isPicture(attribute.value) || typed && attribute.name == "href"
                return isPicture ? attribute.value.percentDecoded : nil
            default: return nil
            }
        } + named(element)
    }

    func title(of root: XMLElement) -> String? {
        if isScanText { return nil }
        if let label = root["LABEL"], !label.isBlank { return label }
        let own = root.first(["title", "Title", "h1", "heading", "Heading"]) { !$0.text().isBlank }
        // In METS a name is that of the software.
        guard own == nil, root.name != "mets" else { return own?.text() }
        return root.first(["name", "Name", "head", "Head"]) { $0.hasOwnText }?.text()
    }

    /// A picture whose name is the element's text, as ALTO's `fileName` is.
    private func named(_ element: XMLElement) -> [String] {
        guard element.hasOwnText, element.elements.isEmpty else { return [] }
        return PictureNameScanner.scan(element.text())
    }

    /// In the text of a scan only its regions are text; the rest is about the scan.
    private func scanRole(of element: XMLElement, in parent: XMLElement?) -> ElementRole {
        switch element.name {
        case "TextBlock": .whole(.paragraph)
        case "TextRegion": .block(.paragraph)
        case "TextLine", "TextEquiv", "Description", "Metadata", "Styles", "Tags", "ReadingOrder": .silent
        default: .plain
        }
    }
}
