import Documents

/// The roles of a document's elements: asked of the dialect once for each pair of names.
final class RoleTable {
    private let dialect: any SheetDialect
    private let names: [XMLName]
    /// By name number: elements and attributes that the dialect wants to see.
    private let telling: [Bool]
    /// By name number and parent's name number. A document of very many names gets no table.
    private var roles: [ElementRole?]

    /// By name number.
    private let flows: [ElementFlow]
    private let choices: [Bool]
    private let parting: [Bool]
    private let noteMarks: [Bool]
    private let pieces: [Set<String>?]
    /// Whether any attribute of the document may say that an element holds encoded bytes.
    private let encodes: Bool
    /// The last element that was asked for its alternatives, and the child that counts.
    private var lastChoice: (parent: Int, chosen: Int?) = (-1, nil)

    private static let mostNames = 512

    init(dialect: any SheetDialect, tree: XMLTree) {
        self.dialect = dialect
        names = tree.names
        telling = tree.table(dialect.isTelling)
        flows = names.map { MarkupAlternatives.isReading($0) ? .inline : dialect.flow(of: $0) }
        choices = tree.table { dialect.isChoice($0) || MarkupAlternatives.isChoice($0) }
        parting = tree.table { dialect.parts($0) }
        pieces = names.map(dialect.pieces)
        noteMarks = tree.table { dialect.noteMarks.contains($0.local) }
        encodes = names.contains { $0.local == "encoding" }
        roles = names.count <= Self.mostNames ? Array(repeating: nil, count: names.count * names.count) : []
    }

    func isTelling(_ element: XMLElement) -> Bool {
        telling[element.nameNumber] || element.hasAttributes && element.attributes.contains { telling[$0.nameNumber] }
    }

    func role(of element: XMLElement, in parent: XMLElement?) -> ElementRole {
        if isTelling(element), let role = dialect.role(of: element) { return role }
        if encodes, element.hasAttributes, element["encoding"]?.lowercased() == "base64" { return .skipped }
        let name = element.nameNumber
        let above = parent?.nameNumber ?? 0
        guard !roles.isEmpty else { return byName(name, in: parent) }
        if let known = roles[name * names.count + above] { return known }
        let role = byName(name, in: parent)
        roles[name * names.count + above] = role
        return role
    }

    private func byName(_ name: Int, in parent: XMLElement?) -> ElementRole {
        let above = parent.map { names[$0.nameNumber] }
        return MarkupAlternatives.isAside(names[name], in: above) ? .skipped : dialect.role(of: names[name], in: above)
    }

    func flow(of element: XMLElement) -> ElementFlow {
        noteMarks[element.nameNumber] && dialect.isNoteMark(element) ? .apart : flows[element.nameNumber]
    }

    /// Names of elements that are words of their own where two of the same name follow each other directly in this one.
    func pieces(of element: XMLElement) -> Set<String>? { pieces[element.nameNumber] }

    /// Whether a block in the element ends the paragraph before it.
    func parts(_ element: XMLElement) -> Bool { parting[element.nameNumber] }

    /// Whether an element says what one beside it says better.
    func isLeftOut(_ child: XMLElement, in parent: XMLElement) -> Bool {
        guard choices[parent.nameNumber] else { return false }
        if lastChoice.parent != parent.index {
            let isOwn = dialect.isChoice(names[parent.nameNumber])
            lastChoice = (parent.index, (isOwn ? dialect.chosen(in: parent) : MarkupAlternatives.chosen(in: parent))?.index)
        }
        return lastChoice.chosen.map { $0 != child.index } ?? false
    }
}
