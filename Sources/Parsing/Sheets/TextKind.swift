/// Tells sheets from other formats that are text.
enum TextKind {
    /// `xhtml` says of itself that it is XML; `perhaps` begins with an angle bracket.
    enum Markup { case none, xml, html, xhtml, perhaps }

    /// Whether a text is XML, by its first characters.
    static func markup(of text: String) -> Markup {
        let start = text.utf8.prefix(4096).drop { $0 <= 0x20 }
        guard start.first == UInt8(ascii: "<") else { return .none }
        let head = String(decoding: start, as: UTF8.self).lowercased()
        let behind = withoutComments(head[...])
        if behind.hasPrefix("<!doctype html") || behind.hasPrefix("<html") {
            return head.contains("http://www.w3.org/1999/xhtml") ? .xhtml : .html
        }
        if head.hasPrefix("<?xml") { return head.contains("<!doctype html") || head.contains("<html") ? .xhtml : .xml }
        if head.hasPrefix("<!doctype") || head.hasPrefix("<?") { return .xml }
        // Parts of a page that stand in no other document's beginning.
        if ["<head>", "<head ", "<body>", "<body ", "<meta "].contains(where: { behind.hasPrefix($0) }) { return .html }
        guard let next = head.dropFirst().first else { return .none }
        return next == "!" || next == "_" || next.isLetter ? .perhaps : .none
    }

    /// Whether a text that begins with a tag is a piece of a page: a tag of HTML's blocks, and another of HTML's that ends or breaks.
    static func isHTML(_ text: String) -> Bool {
        let head = String(decoding: text.utf8.prefix(4096), as: UTF8.self).lowercased()
        let name = withoutComments(head.drop { $0.isWhitespace }).dropFirst().prefix { $0.isLetter || $0.isNumber }
        let blocks = ["p", "div", "table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "center", "font", "span", "title", "br", "hr", "img", "pre"]
        return blocks.contains(String(name)) && ["</p>", "</div>", "<br", "</td>", "</li>", "<li>", "</a>", "</h", "</b>", "<td"].contains { head.contains($0) }
    }

    /// The text behind comments, which may stand before the first tag.
    private static func withoutComments(_ head: Substring) -> Substring {
        var rest = head
        while rest.hasPrefix("<!--"), let end = rest.firstRange(of: "-->") { rest = rest[end.upperBound...].drop { $0.isWhitespace } }
        return rest
    }

    /// What the text is when it is no sheet, with its article; `nil` when it may be one.
    static func unsupported(_ text: String, fileExtension: String) -> String? {
        if let name = byExtension[fileExtension] { return name }
        let start = text.utf8.prefix(4096).drop { $0 <= 0x20 }
        let head = String(decoding: start, as: UTF8.self)
        if head.hasPrefix("<!ELEMENT") || head.hasPrefix("<!ATTLIST") || head.hasPrefix("<!ENTITY") { return "a DTD" }
        if head.hasPrefix("#!") { return "a script" }
        if head.hasPrefix("%YAML") { return "YAML" }
        if isJSON(text, isMarkdown: fileExtension == "md" || fileExtension == "markdown") { return "JSON" }
        if fileExtension.isEmpty || fileExtension == "txt", isCSV(text) { return "CSV" }
        return nil
    }

    private static func isJSON(_ text: String, isMarkdown: Bool) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first(where: { $0 > 0x20 }), let last = bytes.last(where: { $0 > 0x20 }) else { return false }
        let second = bytes.drop { $0 <= 0x20 }.dropFirst().first { $0 > 0x20 }
        if first == UInt8(ascii: "{"), last == UInt8(ascii: "}") { return second == UInt8(ascii: "\"") || second == UInt8(ascii: "}") }
        // Wikis begin with "[[Pump]]" or "[[_TOC_]]", Markdown with a link.
        guard !isMarkdown, first == UInt8(ascii: "["), last == UInt8(ascii: "]") else { return false }
        return second == UInt8(ascii: "{") || second == UInt8(ascii: "\"") || second == UInt8(ascii: "[") && !beginsWikiLink(bytes)
    }

    private static func beginsWikiLink(_ bytes: String.UTF8View) -> Bool {
        guard let third = bytes.lazy.filter({ $0 > 0x20 }).dropFirst(2).first else { return false }
        return third >= 0x80 || third == UInt8(ascii: "_") || (0x61...0x7A).contains(third | 0x20)
    }

    /// At least four whole lines, each with the same number of commas, two or more, and none with a space behind: prose has no such lines.
    private static func isCSV(_ text: String) -> Bool {
        let lines = String(decoding: text.utf8.prefix(16 << 10), as: UTF8.self).split(whereSeparator: \.isNewline).prefix(20).dropLast()
        guard lines.count >= 4, let first = lines.first else { return false }
        let commas = first.utf8.count { $0 == UInt8(ascii: ",") }
        return commas >= 2 && lines.allSatisfy { line in
            line.utf8.count { $0 == UInt8(ascii: ",") } == commas && !zip(line.utf8, line.utf8.dropFirst()).contains { $0 == (0x2C, 0x20) }
        }
    }

    private static let byExtension: [String: String] = [
        "json": "JSON", "jsonl": "JSON", "geojson": "JSON", "ipynb": "a notebook", "csv": "CSV", "tsv": "TSV", "yaml": "YAML",
        "yml": "YAML", "toml": "TOML", "ini": "settings", "cfg": "settings", "conf": "settings", "properties": "settings",
        "dtd": "a DTD", "ent": "a DTD part", "mod": "a DTD part", "rnc": "a schema", "css": "CSS", "scss": "CSS", "js": "JavaScript",
        "mjs": "JavaScript", "ts": "TypeScript", "py": "Python source", "sh": "a shell script", "bash": "a shell script",
        "bat": "a script", "ps1": "a script", "c": "C source", "h": "C source", "cpp": "C++ source", "hpp": "C++ source",
        "java": "Java source", "rs": "Rust source", "go": "Go source", "swift": "Swift source", "rb": "Ruby source",
        "pl": "Perl source", "php": "PHP source", "sql": "SQL", "tex": "TeX", "bib": "BibTeX", "log": "a log",
    ]

    /// Root elements of XML that is no sheet, by namespace.
    static func unsupported(root: XMLElement) -> String? {
        switch (root.name, root.namespace) {
        case (_, "http://www.w3.org/2000/svg"), ("svg", nil): "an SVG drawing"
        case (_, "http://www.w3.org/2001/XMLSchema"): "an XML schema"
        case (_, "http://www.w3.org/1999/XSL/Transform"): "an XSL style sheet"
        case (_, "http://relaxng.org/ns/structure/1.0"): "a RELAX NG schema"
        default: nil
        }
    }
}
