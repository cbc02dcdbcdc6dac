import Documents

/// DocBook 4 and 5: books, articles, reference pages and procedures.
struct DocBookDialect: SheetDialect {
    let format = Sheet.Format.docbook

    static func reads(_ root: XMLElement) -> Bool {
        if root.namespace == "http://docbook.org/ns/docbook" { return true }
        // DocBook 4 has no namespace; JATS shares the name of its articles.
        guard root.namespace == nil, roots.contains(root.name), !JATSDialect.reads(root) else { return false }
        return root.elements.contains { ["title", "info", "bookinfo", "articleinfo", "refmeta", "para", "chapter", "sect1", "section"].contains($0.name) }
    }

    func role(of name: XMLName, in parent: XMLName?) -> ElementRole {
        switch name.local {
        case "indexterm", "index", "toc", "remark", "revhistory", "legalnotice", "copyright", "authorgroup", "author", "bibliography", "printhistory":
            .skipped
        // Of the information about the document, its title is the document's.
        case "title", "refname", "subtitle", "bridgehead": .block(Self.captioned.contains(parent?.local ?? "") ? .caption : .title)
        case "refpurpose", "glossterm": .block(.paragraph)
        case "caption", "textobject": .block(.caption)
        case "warning", "caution", "danger", "important", "note", "tip": .whole(.warning)
        case "step": .block(.step)
        case "listitem", "varlistentry", "member", "glossentry", "callout": .block(.listItem)
        case "row", "tr", "segmentedlist": .whole(.row)
        default: .plain
        }
    }

    func flow(of name: XMLName) -> ElementFlow {
        Self.inline.contains(name.local) ? .inline : Self.blocks.contains(name.local) ? .block : .unknown
    }

    func parts(_ name: XMLName) -> Bool { Self.containers.contains(name.local) }

    func isTelling(_ name: XMLName) -> Bool { ["fileref", "entityref", "partnumber", "productnumber"].contains(name.local) }

    func figures(of element: XMLElement, in parent: XMLElement?, entities: [String: String]) -> [FigureTarget] {
        if let name = element["entityref"] { return [FigureTarget(name: (entities[name] ?? name).percentDecoded)] }
        return pictures(of: element, in: ["fileref"])
    }

    func identifiers(of element: XMLElement) -> [String] {
        ["partnumber", "productnumber"].contains(element.name) ? [element.text().folded].filter { !$0.isEmpty } : []
    }

    func title(of root: XMLElement, words: (XMLElement) -> String) -> String? { root.first(["title", "refname"]).map(words) }

    private static let captioned: Set<String> = ["figure", "informalfigure", "table", "example", "equation"]

    private static let roots: Set<String> = [
        "book", "article", "chapter", "section", "sect1", "sect2", "appendix", "preface", "part", "set", "refentry", "reference", "procedure", "topic",
    ]

    private static let inline: Set<String> = [
        "emphasis", "phrase", "literal", "code", "command", "option", "replaceable", "filename", "envar", "varname", "systemitem",
        "subscript", "superscript", "quote", "firstterm", "acronym", "abbrev", "trademark", "link", "ulink", "xref", "citetitle",
        "productname", "application", "userinput", "computeroutput", "prompt", "foreignphrase", "wordasword", "inlineequation",
        "inlinemediaobject", "indexterm", "anchor", "email", "tag", "sgmltag", "markup", "type", "classname", "function", "parameter",
        "constant", "symbol", "keysym", "mathphrase", "remark", "ruby", "rb",
    ]

    private static let blocks: Set<String> = [
        "title", "para", "simpara", "formalpara", "programlisting", "screen", "literallayout", "synopsis", "cmdsynopsis", "blockquote",
        "epigraph", "itemizedlist", "orderedlist", "variablelist", "simplelist", "segmentedlist", "calloutlist", "procedure",
        "substeps", "table", "informaltable", "figure", "informalfigure", "example", "informalexample", "equation", "informalequation",
        "mediaobject", "footnote", "listitem", "step", "entry", "td", "th", "tr", "row", "term", "member", "address", "note", "tip",
        "warning", "caution", "important", "danger", "sidebar", "qandaset", "bridgehead",
    ]

    private static let containers: Set<String> = [
        "set", "book", "part", "article", "chapter", "appendix", "preface", "section", "simplesect", "sect1", "sect2", "sect3", "sect4",
        "sect5", "refentry", "refsect1", "refsect2", "refsection", "procedure", "topic",
    ]
}
