import Documents

/// How a family of XML documents marks its parts.
protocol SheetDialect {
    var format: Sheet.Format { get }
    /// What an element is for the sheet.
    func role(of element: XMLElement, in parent: XMLElement?) -> ElementRole
    /// The text of an element where it is not simply what stands in it.
    func text(of element: XMLElement) -> String?
    /// Pictures that the element itself names.
    func figures(of element: XMLElement, in parent: XMLElement?, entities: [String: String]) -> [String]
    /// Identifiers that the element itself carries in attributes or by its name.
    func identifiers(of element: XMLElement) -> [String]
    func title(of root: XMLElement) -> String?
    func language(of root: XMLElement) -> String?
}

extension SheetDialect {
    func text(of element: XMLElement) -> String? { nil }
    func identifiers(of element: XMLElement) -> [String] { [] }

    func language(of root: XMLElement) -> String? {
        let declared = root["xml:lang"] ?? root.elements.lazy.compactMap { $0["xml:lang"] }.first
        return declared.flatMap { $0.isBlank ? nil : $0.folded }
    }
}
