import Documents

/// HTML, well-formed or not.
struct HTMLDialect: SheetDialect {
    let format = Sheet.Format.html

    static func reads(_ root: XMLElement) -> Bool { root.name.lowercased() == "html" }

    func role(of name: XMLName, in parent: XMLName?) -> ElementRole {
        switch name.local.lowercased() {
        case "script", "style", "template", "noscript", "nav", "svg", "math", "select", "textarea": .skipped
        case "title", "h1", "h2", "h3", "h4", "h5", "h6": .block(.title)
        // What is numbered is meant to be done in that order.
        case "li": .block(parent?.local.lowercased() == "ol" ? .step : .listItem)
        case "dt", "dd": .block(.listItem)
        case "tr": .whole(.row)
        case "caption", "figcaption": .block(.caption)
        case "p", "pre", "blockquote", "address": .block(.paragraph)
        default: .plain
        }
    }

    /// What HTML does not know is part of the text, as in browsers.
    func flow(of name: XMLName) -> ElementFlow { Self.blocks.contains(name.local.lowercased()) ? .block : .inline }

    func parts(_ name: XMLName) -> Bool { Self.parting.contains(name.local.lowercased()) }

    func isTelling(_ name: XMLName) -> Bool { ["src", "href", "data", "class", "role"].contains(name.local.lowercased()) }

    func role(of element: XMLElement) -> ElementRole? {
        guard ["div", "p", "aside", "section", "table", "td"].contains(element.name.lowercased()) else { return nil }
        let words = ((element["class"] ?? "") + " " + (element["role"] ?? "")).lowercased().split { !$0.isLetter }
        return words.contains { ["warning", "caution", "danger", "important", "alert"].contains($0) } ? .whole(.warning) : nil
    }

    func figures(of element: XMLElement, in parent: XMLElement?, entities: [String: String]) -> [FigureTarget] {
        let shown = pictures(of: element, in: ["src", "data"]).filter { element.name.lowercased() == "img" || FileExtension.isPicture($0.name) }
        let linked = pictures(of: element, in: ["href"]).filter { FileExtension.isPicture($0.name) }
        return (shown + linked).filter { !$0.name.hasPrefix("data:") }
    }

    func title(of root: XMLElement, words: (XMLElement) -> String) -> String? {
        root.first(["title"]) { !words($0).isBlank }.map(words) ?? root.first(["h1", "h2"]).map(words)
    }

    private static let parting: Set<String> = ["html", "body", "main", "article", "section", "center", "form"]

    private static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr",
        "html", "legend", "li", "main", "menu", "nav", "noframes", "ol", "optgroup", "option", "p", "pre", "search", "section", "select",
        "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "title", "tr", "ul",
    ]
}
