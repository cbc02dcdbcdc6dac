import CXML2
import Documents

/// Owns a document in libxml2's memory.
struct XMLDocument: ~Copyable {
    private let document: xmlDocPtr

    /// Parses UTF-8 text, whatever encoding its declaration names.
    init(_ text: String, huge: Bool) throws(ParsingFailure) {
        guard let context = xmlNewParserCtxt() else { throw ParsingFailure(.tooLarge, "no memory for the XML parser") }
        defer { xmlFreeParserCtxt(context) }
        var options = XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue | XML_PARSE_NOERROR.rawValue
        options |= XML_PARSE_NOWARNING.rawValue | XML_PARSE_COMPACT.rawValue | XML_PARSE_BIG_LINES.rawValue
        if huge { options |= XML_PARSE_HUGE.rawValue }
        var text = text
        let parsed = text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) {
                xmlCtxtReadMemory(context, $0.baseAddress, CInt(clamping: $0.count), nil, "UTF-8", CInt(options))
            }
        }
        guard let parsed else { throw Self.failure(context) }
        document = parsed
    }

    deinit { xmlFreeDoc(document) }

    /// The depth of the deepest element, or `nil` when it is more than `limit`.
    func depth(atMost limit: Int) -> Int? {
        var deepest = 0
        let fits = visit { node, depth in
            if node.pointee.type == XML_ELEMENT_NODE { deepest = max(deepest, depth) }
            return deepest <= limit
        }
        return fits ? deepest : nil
    }

    /// The size of all text, or `nil` when it is more than `limit`.
    func textBytes(atMost limit: Int) -> Int? {
        var total = 0
        let fits = visit { node, _ in
            if node.pointee.type == XML_TEXT_NODE, let content = node.pointee.content { total += Int(xmlStrlen(content)) }
            return total <= limit
        }
        return fits ? total : nil
    }

    func tree() throws(ParsingFailure) -> XMLTree {
        guard let root = xmlDocGetRootElement(document) else { throw ParsingFailure(.notWellFormed, "line 1: the document has no element") }
        return XMLTree(root: XMLTreeBuilder.element(root, step: XMLTreeBuilder.step(of: root)), unparsedEntities: unparsedEntities())
    }

    /// Visits all nodes in document order without recursion; stops where `visitor` says no.
    private func visit(_ visitor: (xmlNodePtr, Int) -> Bool) -> Bool {
        guard let root = xmlDocGetRootElement(document) else { return true }
        var node = root
        var depth = 1
        while true {
            guard visitor(node, depth) else { return false }
            // An entity's children belong to its declaration.
            if node.pointee.type == XML_ELEMENT_NODE, let child = node.pointee.children {
                node = child
                depth += 1
                continue
            }
            while node != root, node.pointee.next == nil, let parent = node.pointee.parent {
                node = parent
                depth -= 1
            }
            guard node != root, let next = node.pointee.next else { return true }
            node = next
        }
    }

    private func unparsedEntities() -> [String: String] {
        var found: [String: String] = [:]
        var node = document.pointee.intSubset?.pointee.children
        while let current = node {
            if current.pointee.type == XML_ENTITY_DECL {
                current.withMemoryRebound(to: xmlEntity.self, capacity: 1) { entity in
                    guard entity.pointee.etype == XML_EXTERNAL_GENERAL_UNPARSED_ENTITY, let name = entity.pointee.name,
                        let file = entity.pointee.SystemID
                    else { return }
                    found[String(xml: name)] = String(xml: file)
                }
            }
            node = current.pointee.next
        }
        return found
    }

    private static func failure(_ context: xmlParserCtxtPtr) -> ParsingFailure {
        guard let error = xmlCtxtGetLastError(context) else { return ParsingFailure(.notWellFormed, "line 1: the document is not XML") }
        let words = error.pointee.message.map { String(cString: $0).folded } ?? "not XML"
        let message = "line \(error.pointee.line): \(words)"
        let code = error.pointee.code
        if code == CInt(XML_ERR_ENTITY_LOOP.rawValue) || words.contains("amplification") {
            return ParsingFailure(.entityExpansion, message)
        }
        if words.contains("xcessive depth") { return ParsingFailure(.tooDeep, message) }
        let isHuge = ["Huge input", "huge text", "too long", "too big"].contains { words.contains($0) }
        if isHuge || code == CInt(XML_ERR_NO_MEMORY.rawValue) {
            return ParsingFailure(.tooLarge, message)
        }
        return ParsingFailure(.notWellFormed, message)
    }
}
