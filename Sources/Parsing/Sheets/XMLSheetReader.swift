import Documents

/// Walks a document in the way of its dialect and collects the sheet.
struct XMLSheetReader {
    private let dialect: any SheetDialect
    private let entities: [String: String]
    private var builder = SheetBuilder()

    private init(dialect: any SheetDialect, entities: [String: String]) {
        self.dialect = dialect
        self.entities = entities
    }

    static func read(_ tree: XMLTree, encoding: String) throws(ParsingFailure) -> Sheet {
        if let other = TextKind.unsupported(root: tree.root) { throw ParsingFailure(.unsupportedFormat, "the file is \(other)") }
        let dialect = dialect(for: tree.root)
        var reader = XMLSheetReader(dialect: dialect, entities: tree.unparsedEntities)
        reader.walk(tree.root, parent: nil, path: "/\(tree.root.step)", inBlock: false)
        return try reader.builder.finish(
            dialect.format, encoding: encoding, title: dialect.title(of: tree.root), language: dialect.language(of: tree.root))
    }

    private static func dialect(for root: XMLElement) -> any SheetDialect {
        if S1000DDialect.reads(root) { return S1000DDialect() }
        if DITADialect.reads(root) { return DITADialect() }
        return GenericDialect(root: root)
    }

    private mutating func walk(_ element: XMLElement, parent: XMLElement?, path: String, inBlock: Bool) {
        let role = dialect.role(of: element, in: parent)
        let place = TextPlace.xpath(path)
        if case .skipped = role { return }
        for identifier in dialect.identifiers(of: element) { builder.add(identifier: identifier) }
        var deeper = inBlock
        switch role {
        case .skipped: return
        case .silent:
            addFigures(of: element, parent: parent, at: place)
            return descend(element, path: path, inBlock: true, figuresOnly: true)
        case .whole(let kind):
            builder.add(kind, dialect.text(of: element) ?? element.text { isSkipped($0) }, at: place)
            addFigures(of: element, parent: parent, at: place)
            return descend(element, path: path, inBlock: true, figuresOnly: true)
        case .block(let kind):
            builder.add(kind, dialect.text(of: element) ?? ownText(element), at: place)
            deeper = true
        case .plain:
            if !inBlock, element.hasOwnText {
                builder.add(.paragraph, ownText(element), at: place)
                deeper = true
            }
        }
        addFigures(of: element, parent: parent, at: place)
        descend(element, path: path, inBlock: deeper, figuresOnly: false)
    }

    private mutating func descend(_ element: XMLElement, path: String, inBlock: Bool, figuresOnly: Bool) {
        for child in element.elements {
            let place = "\(path)/\(child.step)"
            guard figuresOnly else {
                walk(child, parent: element, path: place, inBlock: inBlock)
                continue
            }
            // Where no more text is taken, pictures and numbers in attributes still count.
            for identifier in dialect.identifiers(of: child) { builder.add(identifier: identifier) }
            addFigures(of: child, parent: element, at: .xpath(place))
            descend(child, path: place, inBlock: inBlock, figuresOnly: true)
        }
    }

    private mutating func addFigures(of element: XMLElement, parent: XMLElement?, at place: TextPlace) {
        for target in dialect.figures(of: element, in: parent, entities: entities) { builder.add(figure: target, at: place) }
    }

    /// What an element says itself: without the parts that make fragments of their own.
    private func ownText(_ element: XMLElement) -> String {
        element.text { dialect.role(of: $0, in: element).standsAlone }
    }

    private func isSkipped(_ element: XMLElement) -> Bool {
        if case .skipped = dialect.role(of: element, in: nil) { true } else { false }
    }
}
