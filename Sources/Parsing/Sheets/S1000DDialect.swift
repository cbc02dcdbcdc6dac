import Documents

/// S1000D data modules, issues 4 and later in full, older ones as far as their names agree.
struct S1000DDialect: SheetDialect {
    let format = Sheet.Format.s1000d

    static func reads(_ root: XMLElement) -> Bool { root.name == "dmodule" }

    func role(of name: XMLName, in parent: XMLName?) -> ElementRole {
        switch name.local {
        // What is not the work itself: distribution, copyright, quality, applicability.
        case "dmStatus", "status", "Description", "issueDate", "applic", "referencedApplicGroup",
            "referencedApplicGroupRef", "issueInfo", "language":
            .skipped
        case "dmTitle", "dmtitle": .whole(.title)
        case "title": .block(parent.map { ["figure", "table", "multimedia"].contains($0.local) } ?? false ? .caption : .title)
        case "warning", "caution", "note", "warningAndCautionPara": .whole(.warning)
        case "proceduralStep", "isolationStep", "isolationProcedureEnd", "crewDrillStep", "checkListStep", "step1", "step2", "step3",
            "step4", "step5":
            .block(.step)
        case "listItem", "definitionListItem", "item", "reqCondNoRef", "reqCondDm", "supportEquipDescr", "supplyDescr", "spareDescr":
            .block(.listItem)
        case "row", "catalogSeqNumber", "taskDefinition": .whole(.row)
        default: .plain
        }
    }

    func text(of element: XMLElement) -> String? {
        element.name == "dmTitle" || element.name == "dmtitle" ? Self.title(element) : nil
    }

    func flow(of name: XMLName) -> ElementFlow {
        Self.inline.contains(name.local) ? .inline : Self.blocks.contains(name.local) ? .block : .unknown
    }

    func parts(_ name: XMLName) -> Bool { Self.containers.contains(name.local) }

    func isTelling(_ name: XMLName) -> Bool {
        ["infoEntityIdent", "boardno", "dmCode", "partNumber", "pnr", "toolNumber"].contains(name.local) || Self.numbers.contains(name.local)
    }

    func figures(of element: XMLElement, in parent: XMLElement?, entities: [String: String]) -> [FigureTarget] {
        guard let name = element["infoEntityIdent"] ?? element["boardno"], !name.isBlank else { return [] }
        return [FigureTarget(name: (entities[name] ?? name).percentDecoded)]
    }

    func identifiers(of element: XMLElement) -> [String] {
        switch element.name {
        case "dmCode": DMCode.string(element).map { [$0] } ?? []
        case "partNumber", "pnr", "toolNumber": [element.text().folded].filter { !$0.isEmpty }
        default:
            Self.numbers.compactMap { element[$0]?.folded }.filter { !$0.isEmpty }
        }
    }

    func title(of root: XMLElement, words: (XMLElement) -> String) -> String? {
        root.first(["dmTitle", "dmtitle"]).map(Self.title)
    }

    func language(of root: XMLElement) -> String? {
        if let declared = root["xml:lang"] { return declared }
        guard let language = root.first(["dmIdent"])?.first(["language"]), let code = language["languageIsoCode"] else { return nil }
        return language["countryIsoCode"].map { "\(code)-\($0)" } ?? code
    }

    private static let numbers = ["partNumberValue", "toolNumber", "toolNumberValue", "supplyNumber"]

    private static func title(_ element: XMLElement) -> String {
        let parts = ["techName", "techname", "infoName", "infoname", "infoNameVariant"].compactMap { name in
            element.elements.first { $0.name == name }?.text().folded
        }
        return parts.filter { !$0.isEmpty }.joined(separator: " - ")
    }

    private static let inline: Set<String> = [
        "emphasis", "subScript", "superScript", "subscrpt", "supscrpt", "verbatimText", "internalRef", "acronym", "acronymTerm",
        "changeInline", "change", "inlineSignificantData", "functionalItemRef", "controlIndicatorRef", "circuitBreakerRef",
        "footnoteRef", "indexFlag", "ruby", "rb",
    ]

    private static let blocks: Set<String> = [
        "para", "simplePara", "randomList", "sequentialList", "definitionList", "listItem", "listItemTerm", "listItemDefinition",
        "table", "figure", "attentionRandomList", "attentionSequentialList", "notePara", "warningAndCautionPara", "entry",
        "levelledPara", "footnote", "multimedia", "proceduralStep", "warning", "caution", "note", "randlist", "seqlist", "deflist",
        "item",
    ]

    private static let containers: Set<String> = [
        "dmodule", "content", "description", "procedure", "mainProcedure", "levelledPara",
    ]
}
