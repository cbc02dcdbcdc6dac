import Documents

/// HTML, well-formed or not.
struct HTMLDialect: SheetDialect {
    let format = Sheet.Format.html
    /// The folder or address that targets are relative to; empty for the page's own.
    private let base: String

    init(_ root: XMLElement) {
        let base = root.first(["base"]) { $0["href"] != nil }?["href"]?.folded ?? ""
        // What was saved from a folder of somebody's computer leads nowhere.
        self.base = base.hasPrefix("file:") ? "" : base[..<(base.lastIndex(of: "/").map(base.index(after:)) ?? base.startIndex)].percentDecoded
    }

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
    func flow(of name: XMLName) -> ElementFlow {
        let name = name.local.lowercased()
        return Self.blocks.contains(name) ? .block : Self.replaced.contains(name) ? .apart : .inline
    }

    var noteMarks: Set<String> { ["sup", "a"] }

    func isNoteMark(_ element: XMLElement) -> Bool {
        element.name == "sup" ? element.holdsOnly(["a"]) : element.holdsOnly(["sup"]) && element["href"]?.contains("#") ?? false
    }

    func parts(_ name: XMLName) -> Bool { Self.parting.contains(name.local.lowercased()) }

    func isTelling(_ name: XMLName) -> Bool {
        ["src", "href", "data", "class", "role", "hidden", "style", "srcset", "data-src", "data-srcset"].contains(name.local.lowercased())
    }

    func role(of element: XMLElement) -> ElementRole? {
        if isHidden(element) { return .skipped }
        guard ["div", "p", "aside", "section", "table", "td"].contains(element.name.lowercased()) else { return nil }
        let words = ((element["class"] ?? "") + " " + (element["role"] ?? "")).lowercased().split { !$0.isLetter }
        return words.contains { ["warning", "caution", "danger", "important", "alert"].contains($0) } ? .whole(.warning) : nil
    }

    /// Whether the page itself says that nobody sees an element. Whole pages are hidden until they are loaded.
    private func isHidden(_ element: XMLElement) -> Bool {
        guard element.name != "html", element.name != "body" else { return false }
        if element["hidden"] != nil { return true }
        return element["style"].map { $0.lowercased().filter { !$0.isWhitespace }.contains("display:none") } ?? false
    }

    func figures(of element: XMLElement, in parent: XMLElement?, entities: [String: String]) -> [FigureTarget] {
        let isImage = element.name.lowercased() == "img"
        var targets = isImage ? shown(by: element).map { [$0] } ?? [] : ["src", "data"].compactMap { element[$0] }.filter(isPicture)
        if let link = element["href"], element.name != "base", isPicture(link) { targets.append(link) }
        return targets.filter { !$0.isBlank && !$0.hasPrefix("data:") }.map { FigureTarget(name: based($0.percentDecoded)) }
    }

    /// The picture of an image. Pages that load pictures when they are looked at name a placeholder instead of it.
    private func shown(by image: XMLElement) -> String? {
        func first(_ name: String) -> String? { image[name]?.folded.split(separator: " ").first.map { String($0.hasSuffix(",") ? $0.dropLast() : $0) } }
        if let lazy = image["data-src"] ?? first("data-srcset"), !lazy.isBlank { return lazy }
        if let source = image["src"], !source.isBlank, !source.hasPrefix("data:") { return source }
        return first("srcset")
    }

    /// Whether a target is named like a picture; what stands behind its name asks for it in some way.
    private func isPicture(_ target: String) -> Bool {
        FileExtension.isPicture(target) || FileExtension.isPicture(target.prefix { $0 != "?" && $0 != "#" })
    }

    private func based(_ target: String) -> String {
        let isWhole = target.hasPrefix("/") || target.hasPrefix("\\") || target.prefix { $0 != "/" }.contains(":")
        return base.isEmpty || isWhole ? target : base + target
    }

    func title(of root: XMLElement, words: (XMLElement) -> String) -> String? {
        let inHead = root.first(["head"])?.first(["title"], outside: ["svg"]) { !words($0).isBlank }
        let title = inHead ?? root.first(["title"], outside: ["svg"]) { !words($0).isBlank }
        return title.map(words) ?? root.first(["h1", "h2"]).map(words)
    }

    /// What shows something of its own among the words.
    private static let replaced: Set<String> = ["input", "img", "embed", "object", "iframe", "video", "audio", "canvas", "picture", "map"]

    private static let parting: Set<String> = ["html", "body", "main", "article", "section", "center", "form"]

    private static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr",
        "html", "legend", "li", "main", "menu", "nav", "noframes", "ol", "optgroup", "option", "p", "pre", "search", "section", "select",
        "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "title", "tr", "ul",
    ]
}
