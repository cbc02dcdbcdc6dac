import Documents

/// The roles of a document's elements: asked of the dialect once for each pair of names.
final class RoleTable {
    private let dialect: any SheetDialect
    private let names: [XMLName]
    /// By name number: elements and attributes that the dialect wants to see.
    private let telling: [Bool]
    /// By name number and parent's name number. A document of very many names gets no table.
    private var roles: [ElementRole?]

    private static let mostNames = 512

    init(dialect: any SheetDialect, tree: XMLTree) {
        self.dialect = dialect
        names = tree.names
        telling = tree.table(dialect.isTelling)
        roles = names.count <= Self.mostNames ? Array(repeating: nil, count: names.count * names.count) : []
    }

    func isTelling(_ element: XMLElement) -> Bool {
        telling[element.nameNumber] || element.hasAttributes && element.attributes.contains { telling[$0.nameNumber] }
    }

    func role(of element: XMLElement, in parent: XMLElement?) -> ElementRole {
        if isTelling(element), let role = dialect.role(of: element) { return role }
        let name = element.nameNumber
        let above = parent?.nameNumber ?? 0
        guard !roles.isEmpty else { return dialect.role(of: names[name], in: parent.map { names[$0.nameNumber] }) }
        if let known = roles[name * names.count + above] { return known }
        let role = dialect.role(of: names[name], in: parent.map { names[$0.nameNumber] })
        roles[name * names.count + above] = role
        return role
    }
}
