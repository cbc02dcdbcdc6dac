import Documents

/// Walks a document in the way of its dialect and collects the sheet.
struct XMLSheetReader {
    private let dialect: any SheetDialect
    private let tree: XMLTree
    private var builder = SheetBuilder()
    private let roles: RoleTable
    private var allText: XMLText
    private var ownText: XMLText
    /// The elements from the root to the one being read.
    private var path: [XMLElement] = []
    /// Bytes. Whoever borrows a whole chapter gets its beginning.
    private static let anchorLength = 8 << 10

    /// Identifiers of the topics around.
    private var topics: [String] = []

    private init(dialect: any SheetDialect, tree: XMLTree) {
        self.dialect = dialect
        self.tree = tree
        roles = RoleTable(dialect: dialect, tree: tree)
        allText = Self.collector(whole: true, roles, dialect)
        ownText = Self.collector(whole: false, roles, dialect)
    }

    static func read(_ tree: XMLTree, encoding: String) throws(ParsingFailure) -> Sheet {
        let dialect = dialect(for: tree.root)
        var reader = XMLSheetReader(dialect: dialect, tree: tree)
        reader.walk(tree.root, inBlock: false)
        return try reader.builder.finish(
            dialect.format, encoding: encoding, title: dialect.title(of: tree.root), language: dialect.language(of: tree.root))
    }

    /// The format that `read` gives the sheet.
    static func format(of tree: XMLTree) -> Sheet.Format { dialect(for: tree.root).format }

    private static func dialect(for root: XMLElement) -> any SheetDialect {
        if S1000DDialect.reads(root) { return S1000DDialect() }
        if DITADialect.reads(root) { return DITADialect() }
        if HTMLDialect.reads(root) { return HTMLDialect() }
        if TEIDialect.reads(root) { return TEIDialect() }
        if JATSDialect.reads(root) { return JATSDialect() }
        if DocBookDialect.reads(root) { return DocBookDialect() }
        return GenericDialect()
    }

    private mutating func walk(_ element: XMLElement, inBlock: Bool) {
        let parent = path.last
        path.append(element)
        defer { path.removeLast() }
        let tells = roles.isTelling(element)
        let role = roles.role(of: element, in: parent)
        if case .skipped = role { return }
        if dialect.lends { lend(element) }
        if tells, let text = dialect.borrowed(by: element) {
            // All that the element says stands elsewhere.
            var kind = Fragment.Kind.paragraph
            switch role {
            case .whole(let own), .block(let own): kind = own
            default: if inBlock { return }
            }
            return builder.add(kind, folded: String(BorrowedText.mark), borrowed: [text], at: place)
        }
        if tells { addNumbers(of: element) }
        var deeper = inBlock
        var figuresOnly = false
        switch role {
        case .skipped: return
        case .silent: (deeper, figuresOnly) = (true, true)
        case .whole(let kind):
            add(kind, element, whole: true)
            (deeper, figuresOnly) = (true, true)
        case .block(let kind):
            add(kind, element, whole: false)
            deeper = true
        case .plain:
            if !inBlock, element.hasOwnText {
                add(.paragraph, element, whole: false)
                deeper = true
            }
        }
        addFigures(of: element, parent: parent, tells: tells)
        if figuresOnly { return collectFigures(below: element) }
        for child in element.children where !child.isText { walk(child.element, inBlock: deeper) }
    }

    /// Where no more text is taken, pictures and numbers in attributes still count.
    private mutating func collectFigures(below element: XMLElement) {
        for child in element.children where !child.isText {
            path.append(child.element)
            let tells = roles.isTelling(child.element)
            if dialect.lends { lend(child.element) }
            if tells { addNumbers(of: child.element) }
            addFigures(of: child.element, parent: element, tells: tells)
            collectFigures(below: child.element)
            path.removeLast()
        }
    }

    // MARK: What is found

    private mutating func add(_ kind: Fragment.Kind, _ element: XMLElement, whole: Bool) {
        if let text = dialect.text(of: element) { return builder.add(kind, text, at: place) }
        let (words, borrowed) = whole ? allText.words(of: element) : ownText.words(of: element)
        if !words.isEmpty { builder.add(kind, folded: words, borrowed: borrowed, at: place) }
    }

    /// Collectors for what an element says: all of it, or without the parts that make fragments of their own.
    private static func collector(whole: Bool, _ roles: RoleTable, _ dialect: any SheetDialect) -> XMLText {
        var text = XMLText()
        text.skips = { child, parent in
            let role = roles.role(of: child, in: parent)
            return whole ? role.isSkipped : role.standsAlone
        }
        if dialect.lends {
            text.borrows = { child in roles.isTelling(child) ? dialect.borrowed(by: child) : nil }
        }
        return text
    }

    private mutating func addNumbers(of element: XMLElement) {
        for identifier in dialect.identifiers(of: element) { builder.add(identifier: identifier) }
    }

    private mutating func addFigures(of element: XMLElement, parent: XMLElement?, tells: Bool) {
        if tells {
            let here = place
            for target in dialect.figures(of: element, in: parent, entities: tree.unparsedEntities) {
                builder.add(figure: target.name, isKey: target.isKey, name: dialect.lends ? anchorName(of: element) : nil, at: here)
            }
        }
        // A picture whose name is text of a leaf, as in <fileName>p1.tif</fileName>.
        guard let only = element.onlyText, PictureNameScanner.mayName(only) else { return }
        let here = place
        for name in PictureNameScanner.scan(String(decoding: only, as: UTF8.self)) { builder.add(figure: name, at: here) }
    }

    /// Keeps what another sheet may borrow: elements with an `id`, by the id of their topic and their own.
    private mutating func lend(_ element: XMLElement) {
        guard let name = anchorName(of: element) else { return }
        guard !DITADialect.isTopic(element) else { return topics.append(element["id"] ?? "") }
        let (words, borrowed) = allText.words(of: element, atMost: Self.anchorLength)
        builder.lend(name, words, borrowed)
    }

    private func anchorName(of element: XMLElement) -> String? {
        guard element.hasAttributes, let id = element["id"], !id.isBlank else { return nil }
        return "\(topics.last ?? "")/\(id)"
    }

    /// An XPath that finds the element being read.
    private var place: TextPlace {
        var text = ""
        for element in path {
            text += "/"
            text += element.step
        }
        return .xpath(text)
    }
}
