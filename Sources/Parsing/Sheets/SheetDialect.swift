import Documents

/// How a family of XML documents marks its parts.
protocol SheetDialect {
    var format: Sheet.Format { get }
    /// What an element is for the sheet, by its name and its parent's. Asked once for each pair of names.
    func role(of name: XMLName, in parent: XMLName?) -> ElementRole
    /// Names of elements and attributes for whose sake `figures`, `identifiers`, `role(of:)` and `borrowed` are asked.
    func isTelling(_ name: XMLName) -> Bool
    /// What a telling element is, where its attributes decide and not its name.
    func role(of element: XMLElement) -> ElementRole?
    /// The text of an element where it is not simply what stands in it.
    func text(of element: XMLElement) -> String?
    /// Pictures that a telling element itself names.
    func figures(of element: XMLElement, in parent: XMLElement?, entities: [String: String]) -> [FigureTarget]
    /// Identifiers that a telling element itself carries.
    func identifiers(of element: XMLElement) -> [String]
    /// What another sheet says in a telling element's place.
    func borrowed(by element: XMLElement) -> BorrowedText?
    /// Whether elements can be borrowed by their `id`.
    var lends: Bool { get }
    /// What an element does to the words around it.
    func flow(of name: XMLName) -> ElementFlow
    /// Names of elements for which `isNoteMark` is asked.
    var noteMarks: Set<String> { get }
    /// Whether an element leads to a note, as a raised number: it is no part of the word before it.
    func isNoteMark(_ element: XMLElement) -> Bool
    /// Names of elements that are words of their own where two of the same name follow each other directly in one of this name.
    func pieces(of parent: XMLName) -> Set<String>?
    /// Whether the children of elements of this name may say the same in several ways.
    func isChoice(_ name: XMLName) -> Bool
    /// The child that counts where they do; all others are left out.
    func chosen(in element: XMLElement) -> XMLElement?
    /// Whether a paragraph in an element of this name ends where a block begins, as in a page's body.
    func parts(_ name: XMLName) -> Bool
    /// The title; `words` tells what an element says.
    func title(of root: XMLElement, words: (XMLElement) -> String) -> String?
    func language(of root: XMLElement) -> String?
}

/// The name of a picture, or of the key that stands for it.
struct FigureTarget: Equatable {
    var name: String
    var isKey = false
}

extension SheetDialect {
    func role(of element: XMLElement) -> ElementRole? { nil }
    func text(of element: XMLElement) -> String? { nil }
    func isChoice(_ name: XMLName) -> Bool { false }
    func chosen(in element: XMLElement) -> XMLElement? { nil }
    func parts(_ name: XMLName) -> Bool { false }
    var noteMarks: Set<String> { [] }
    func isNoteMark(_ element: XMLElement) -> Bool { false }
    func pieces(of parent: XMLName) -> Set<String>? { nil }
    func identifiers(of element: XMLElement) -> [String] { [] }
    func borrowed(by element: XMLElement) -> BorrowedText? { nil }
    var lends: Bool { false }

    func language(of root: XMLElement) -> String? {
        let declared = root["xml:lang"] ?? root["lang"] ?? root.elements.lazy.compactMap { $0["xml:lang"] }.first
        return declared.flatMap { $0.isBlank ? nil : $0.folded }
    }

    /// The attributes of an element that name pictures.
    func pictures(of element: XMLElement, in names: Set<String>) -> [FigureTarget] {
        element.attributes.filter { names.contains($0.name) && !$0.value.isBlank }.map { FigureTarget(name: $0.value.percentDecoded) }
    }
}
