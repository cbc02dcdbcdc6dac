import Documents

/// DITA topics: task, concept, reference and their kin.
struct DITADialect: SheetDialect {
    let format = Sheet.Format.dita

    static func reads(_ root: XMLElement) -> Bool {
        guard root.namespace == nil else { return false }
        if root["class"]?.contains("topic/topic") ?? false { return true }
        return isTopicName(root.name) && (root.name == "dita" || root.elements.contains { $0.name == "title" || $0.name == "glossterm" })
    }

    func role(of name: XMLName, in parent: XMLName?) -> ElementRole {
        switch name.local {
        case "prolog", "related-links", "draft-comment", "required-cleanup", "indexterm", "data", "data-about", "metadata",
            "topicmeta", "foreign", "titlealts":
            .skipped
        case "title", "glossterm": .block(parent.map { ["fig", "table", "simpletable"].contains($0.local) } ?? false ? .caption : .title)
        case "alt": .block(.caption)
        case "note", "hazardstatement": .whole(.warning)
        case "step", "substep": .block(.step)
        case "li", "sli", "dlentry", "plentry", "choice", "stepsection": .block(.listItem)
        case "row", "strow", "sthead", "property", "prophead", "chrow", "chhead": .whole(.row)
        default: .plain
        }
    }

    func flow(of name: XMLName) -> ElementFlow {
        Self.inline.contains(name.local) ? .inline : Self.blocks.contains(name.local) ? .block : .unknown
    }

    func parts(_ name: XMLName) -> Bool { Self.containers.contains(name.local) }

    /// Lines of code that are marked one by one.
    func pieces(of parent: XMLName) -> Set<String>? { parent.local == "codeblock" ? ["codeph", "userinput", "systemoutput"] : nil }

    func isTelling(_ name: XMLName) -> Bool {
        ["image", "hazardsymbol", "href", "keyref", "conref", "conkeyref"].contains(name.local)
    }

    func figures(of element: XMLElement, in parent: XMLElement?, entities: [String: String]) -> [FigureTarget] {
        let shows = element.name == "image" || element.name == "hazardsymbol"
        if shows, let key = element["keyref"] { return [FigureTarget(name: key, isKey: true)] }
        if let href = element["href"], !href.isBlank, shows || FileExtension.isPicture(href) { return [FigureTarget(name: href.percentDecoded)] }
        if shows, let key = element["conkeyref"] { return [FigureTarget(name: key, isKey: true)] }
        if shows, let path = element["conref"] { return [FigureTarget(name: path.percentDecoded)] }
        return []
    }

    func borrowed(by element: XMLElement) -> BorrowedText? {
        guard element.name != "image" else { return nil }
        if let key = element["conkeyref"], !key.isBlank { return BorrowedText(target: key.folded, isKey: true) }
        if let path = element["conref"], !path.isBlank { return BorrowedText(target: path.percentDecoded.folded, isKey: false) }
        // A keyword that says nothing itself says what its key stands for.
        guard let key = element["keyref"], !key.isBlank, element.text().isBlank else { return nil }
        return BorrowedText(target: key.folded, isKey: true)
    }

    var lends: Bool { true }

    func title(of root: XMLElement, words: (XMLElement) -> String) -> String? { root.first(["title", "glossterm"]).map(words) }

    static func isTopic(_ element: XMLElement) -> Bool {
        isTopicName(element.name) || (element["class"]?.contains(" topic/topic ") ?? false)
    }

    private static func isTopicName(_ name: String) -> Bool { roots.contains(name) }

    private static let roots: Set<String> = [
        "task", "concept", "topic", "reference", "troubleshooting", "glossentry", "generaltask", "machineryTask", "dita",
        "learningContent", "learningOverview", "learningSummary",
    ]

    private static let inline: Set<String> = [
        "ph", "b", "i", "u", "tt", "sup", "sub", "strong", "em", "line-through", "overline", "term", "keyword", "text", "tm", "xref",
        "cite", "q", "codeph", "filepath", "varname", "option", "parmname", "apiname", "cmdname", "msgnum", "msgph", "systemoutput",
        "userinput", "kwd", "delim", "sep", "oper", "var", "repsep", "wintitle", "menucascade", "shortcut", "state", "boolean",
        "abbreviated-form", "numcharref", "parameterentity", "textentity", "xmlelement", "xmlatt", "xmlnsname", "xmlpi", "mathml",
        "equation-inline", "ruby", "rb", "indexterm", "indextermref",
    ]

    private static let blocks: Set<String> = [
        "p", "pre", "codeblock", "msgblock", "screen", "lines", "lq", "fn", "ul", "ol", "sl", "dl", "parml", "note", "hazardstatement",
        "table", "simpletable", "fig", "section", "example", "li", "sli", "object", "info", "stepxmp", "stepresult",
        "steptroubleshooting", "tutorialinfo", "choices", "choicetable", "substeps", "steps", "entry", "stentry", "dt", "dd", "pt",
        "pd", "shortdesc", "cmd", "div", "sectiondiv", "bodydiv", "itemgroup", "desc", "syntaxdiagram", "imagemap", "equation-block",
    ]

    private static let containers: Set<String> = [
        "dita", "topic", "concept", "task", "reference", "troubleshooting", "body", "conbody", "taskbody", "refbody", "troublebody",
        "bodydiv",
    ]
}
