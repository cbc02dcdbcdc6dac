import Documents

/// Walks a document in the way of its dialect and collects the sheet.
struct XMLSheetReader {
    private let dialect: any SheetDialect
    private let tree: XMLTree
    private var builder = SheetBuilder()
    private let roles: RoleTable
    private var allText: XMLText
    /// The fragment that is being collected.
    private var open: OpenFragment?
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
        allText = Self.collector(roles, dialect)
    }

    /// Fails where no text stands, or none but references to texts that stand elsewhere.
    static func read(_ tree: XMLTree, encoding: String) throws(ParsingFailure) -> Sheet {
        let dialect = dialect(for: tree.root)
        var reader = XMLSheetReader(dialect: dialect, tree: tree)
        reader.walk(tree.root)
        guard !reader.builder.fragments.allSatisfy({ EntityReference.isAll(of: $0.text) }) else {
            throw ParsingFailure(.noText, "the sheet holds no text to read")
        }
        reader.builder.addParts(tree.textEntities)
        var words = reader.allText
        // A title says what it says, also where another sheet may say it.
        words.borrows = { _ in nil }
        let title = dialect.title(of: tree.root) { words.words(of: $0).words }
        return try reader.builder.finish(dialect.format, encoding: encoding, title: title, language: dialect.language(of: tree.root))
    }

    /// The format that `read` gives the sheet.
    static func format(of tree: XMLTree) -> Sheet.Format { dialect(for: tree.root).format }

    private static func dialect(for root: XMLElement) -> any SheetDialect {
        if S1000DDialect.reads(root) { return S1000DDialect() }
        if DITADialect.reads(root) { return DITADialect() }
        if HTMLDialect.reads(root) { return HTMLDialect(root) }
        if TEIDialect.reads(root) { return TEIDialect() }
        if JATSDialect.reads(root) { return JATSDialect() }
        if DocBookDialect.reads(root) { return DocBookDialect() }
        return GenericDialect()
    }

    private mutating func walk(_ element: XMLElement) {
        let parent = path.last
        let role = roles.role(of: element, in: parent)
        if case .skipped = role { return }
        path.append(element)
        defer { path.removeLast() }
        if element.isInclusion, let target = element["href"], !target.isBlank { builder.add(part: target.percentDecoded, at: place) }
        let tells = roles.isTelling(element)
        if dialect.lends { lend(element) }
        if tells, let text = dialect.borrowed(by: element) { return borrow(text, element, role) }
        if tells { addNumbers(of: element) }
        switch role {
        case .skipped: return
        case .silent:
            addFigures(of: element, parent: parent, tells: tells)
            collectFigures(below: element)
        case .whole(let kind):
            close()
            addWhole(kind, element)
            addFigures(of: element, parent: parent, tells: tells)
            collectFigures(below: element)
        case .block(let kind): collect(kind, element, parent, tells, parts: false)
        case .plain:
            if open?.parts ?? false, roles.flow(of: element) == .block {
                close()
                let around = open
                open = nil
                collectPlain(element, parent, tells)
                open = around
            } else {
                collectPlain(element, parent, tells)
            }
        }
    }

    /// A container, or a paragraph where text or running elements stand in it and no fragment around takes them.
    private mutating func collectPlain(_ element: XMLElement, _ parent: XMLElement?, _ tells: Bool) {
        let hasOwnText = open == nil && element.hasOwnText
        if hasOwnText || open == nil && says(element) {
            collect(.paragraph, element, parent, tells, parts: !hasOwnText || roles.parts(element))
        } else {
            addFigures(of: element, parent: parent, tells: tells)
            walkChildren(of: element)
        }
    }

    /// Collects a fragment. What stands alone inside parts it, so that everything keeps its place.
    private mutating func collect(_ kind: Fragment.Kind, _ element: XMLElement, _ parent: XMLElement?, _ tells: Bool, parts: Bool) {
        close()
        let around = open
        open = OpenFragment(kind: kind, place: place, parts: parts, text: emptyText)
        addFigures(of: element, parent: parent, tells: tells)
        walkChildren(of: element)
        close()
        open = around
    }

    private mutating func walkChildren(of element: XMLElement) {
        if element.name == "tex-math", let formula = MarkupAlternatives.formula(in: element.rawText) {
            open?.text.append(formula)
            return
        }
        var running: Bool?
        let pieces = roles.pieces(of: element)
        var before: Int?
        for child in element.children {
            guard !child.isText else {
                before = nil
                open?.text.append(child.textBytes)
                continue
            }
            let child = child.element
            guard !roles.isLeftOut(child, in: element) else {
                collectFigures(of: child, parent: element)
                continue
            }
            if before == child.nameNumber, pieces?.contains(child.name) ?? false { open?.text.separate() }
            before = child.nameNumber
            let flow = roles.flow(of: child)
            let endsLine = flow == .lineBreak || child.isLineBreak
            if endsLine { open?.text.breakLine(child) }
            let role = roles.role(of: child, in: element)
            let mayPart = !endsLine && open != nil
            let parts = mayPart && (flow == .block || flow == .apart || flow == .unknown && (role.standsAlone || !emptyText.isRunning(element, &running)))
            if parts { open?.text.separate() }
            if let host = open, role.standsAside(flow) || role.warns && host.kind == .step && host.isEmpty {
                open?.aside.append((child, path))
            } else {
                walk(child)
            }
            if parts { open?.text.separate() }
        }
    }

    /// Whether running elements with text stand in an element.
    private func says(_ element: XMLElement) -> Bool {
        element.elements.contains { child in
            guard [.inline, .apart].contains(roles.flow(of: child)), !roles.role(of: child, in: element).standsAlone else { return false }
            return child.hasOwnText || says(child)
        }
    }

    /// Adds the place of a text that stands elsewhere: a fragment of its own, or a part of the one around.
    private mutating func borrow(_ text: BorrowedText, _ element: XMLElement, _ role: ElementRole) {
        var kind = Fragment.Kind.paragraph
        switch role {
        case .whole(let own), .block(let own): kind = own
        default:
            guard open == nil else {
                open?.text.borrow(text)
                return
            }
        }
        close()
        builder.add(kind, folded: String(BorrowedText.mark), borrowed: [text], at: place)
    }

    /// Adds what was collected of the open fragment, and then what waited for it. What follows of it is a paragraph beside the steps and items that parted it.
    private mutating func close() {
        guard var fragment = open else { return }
        let words = FoldedBytes.string(fragment.text.bytes)
        if !words.isEmpty {
            builder.add(fragment.kind, folded: words, borrowed: fragment.text.borrowed, at: fragment.place)
            if fragment.kind == .step || fragment.kind == .listItem { fragment.kind = .paragraph }
        }
        fragment.text.clear()
        let (aside, here) = (fragment.aside, path)
        fragment.aside = []
        open = nil
        for other in aside {
            path = other.path
            walk(other.element)
        }
        path = here
        open = fragment
    }

    /// Where no more text is taken, pictures and numbers in attributes still count.
    private mutating func collectFigures(below element: XMLElement) {
        for child in element.children where !child.isText { collectFigures(of: child.element, parent: element) }
    }

    private mutating func collectFigures(of element: XMLElement, parent: XMLElement) {
        path.append(element)
        let tells = roles.isTelling(element)
        if dialect.lends { lend(element) }
        if tells { addNumbers(of: element) }
        addFigures(of: element, parent: parent, tells: tells)
        collectFigures(below: element)
        path.removeLast()
    }

    // MARK: What is found

    private mutating func addWhole(_ kind: Fragment.Kind, _ element: XMLElement) {
        if let text = dialect.text(of: element) { return builder.add(kind, text, at: place) }
        let (words, borrowed) = allText.words(of: element)
        if !words.isEmpty { builder.add(kind, folded: words, borrowed: borrowed, at: place) }
    }

    /// A collector for all that an element says.
    private static func collector(_ roles: RoleTable, _ dialect: any SheetDialect) -> XMLText {
        var text = XMLText()
        // Of an element's whole text no sentence is parted.
        text.flow = { element in
            let flow = roles.flow(of: element)
            return flow == .apart ? .block : flow
        }
        text.skips = { child, parent in roles.role(of: child, in: parent).isSkipped || roles.isLeftOut(child, in: parent) }
        if dialect.lends {
            text.borrows = { child in roles.isTelling(child) ? dialect.borrowed(by: child) : nil }
        }
        return text
    }

    private let emptyText = XMLText()

    private mutating func addNumbers(of element: XMLElement) {
        for identifier in dialect.identifiers(of: element) { builder.add(identifier: identifier) }
    }

    private mutating func addFigures(of element: XMLElement, parent: XMLElement?, tells: Bool) {
        if tells {
            let here = place
            let targets = dialect.figures(of: element, in: parent, entities: tree.unparsedEntities)
            for target in targets {
                builder.add(figure: target.name, isKey: target.isKey, name: dialect.lends ? anchorName(of: element) : nil, at: here)
            }
            // What it calls a picture that it leads to is no other picture.
            if !targets.isEmpty { return }
        }
        // A picture whose name is text of a leaf, as in <fileName>p1.tif</fileName>; what stands in for a picture names that one.
        guard !["alt", "alt-text"].contains(element.name), let only = element.onlyText, PictureNameScanner.mayName(only) else { return }
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
