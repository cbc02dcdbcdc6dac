import Documents

/// DITA topics: task, concept, reference and their kin.
struct DITADialect: SheetDialect {
    let format = Sheet.Format.dita

    static func reads(_ root: XMLElement) -> Bool {
        guard root.namespace == nil else { return false }
        if root["class"]?.contains("topic/topic") ?? false { return true }
        return roots.contains(root.name) && (root.name == "dita" || root.elements.contains { $0.name == "title" || $0.name == "glossterm" })
    }

    func role(of element: XMLElement, in parent: XMLElement?) -> ElementRole {
        switch element.name {
        case "prolog", "related-links", "draft-comment", "required-cleanup", "indexterm", "data", "data-about", "metadata",
            "topicmeta", "foreign", "titlealts":
            .skipped
        case "title", "glossterm": .block(parent.map { ["fig", "table", "simpletable"].contains($0.name) } ?? false ? .caption : .title)
        case "alt": .block(.caption)
        case "note", "hazardstatement": .whole(.warning)
        case "step", "substep": .block(.step)
        case "li", "sli", "dlentry", "choice", "stepsection": .block(.listItem)
        case "row", "strow", "sthead", "property", "prophead", "chrow", "chhead": .whole(.row)
        default: .plain
        }
    }

    func figures(of element: XMLElement, in parent: XMLElement?, entities: [String: String]) -> [String] {
        let shows = element.name == "image" || element.name == "hazardsymbol"
        if let href = element["href"], !href.isBlank, shows || FileExtension.isPicture(href) { return [href.percentDecoded] }
        if shows, let key = element["keyref"] ?? element["conkeyref"] { return [key] }
        return []
    }

    func title(of root: XMLElement) -> String? {
        root.first(["title", "glossterm"])?.text { $0.name == "indexterm" }
    }

    private static let roots: Set<String> = [
        "task", "concept", "topic", "reference", "troubleshooting", "glossentry", "generaltask", "machineryTask", "dita",
        "learningContent", "learningOverview", "learningSummary",
    ]
}
