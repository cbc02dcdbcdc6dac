import CXML2

/// An element of an `XMLTree`; valid while that is.
struct XMLElement {
    unowned(unsafe) let tree: XMLTree
    let index: Int

    private var node: shogo_xml_node { tree.nodes[index] }

    /// The number of its name in `tree.names`.
    var nameNumber: Int { Int(node.name) }
    var name: String { tree.names[nameNumber].local }
    var namespace: String? { tree.names[nameNumber].namespace }

    /// One step of an XPath that finds the element below its parent: `step[3]`, or `*[3]` in a namespace.
    var step: String { namespace == nil ? "\(name)[\(node.ordinal)]" : "*[\(node.position)]" }

    // MARK: Attributes

    var hasAttributes: Bool { node.count > 0 }

    /// The attributes in document order.
    var attributes: some Sequence<XMLAttribute> {
        let first = Int(node.first)
        return (first..<first + Int(node.count)).lazy.map { XMLAttribute(tree: tree, index: $0) }
    }

    subscript(attribute: String) -> String? {
        guard hasAttributes else { return nil }
        return attributes.first { $0.name == attribute }?.value
    }

    // MARK: Children

    var elements: some Sequence<XMLElement> { XMLChildren(of: self).lazy.filter { !$0.isText }.map { $0.element } }

    var children: XMLChildren { XMLChildren(of: self) }

    /// Where the children begin and end among the nodes.
    fileprivate var inside: Range<Int> { index + 1..<Int(node.end) }

    /// The first element of one of these names, here or below, in document order, but not in elements of the names `outside`.
    func first(_ names: Set<String>, outside: Set<String> = [], where accepts: (XMLElement) -> Bool = { _ in true }) -> XMLElement? {
        let wanted = tree.table { names.contains($0.local) }
        let skipped = tree.table { outside.contains($0.local) }
        var at = index
        while at < Int(node.end) {
            let name = Int(tree.nodes[at].name)
            let element = XMLElement(tree: tree, index: at)
            if wanted[name], accepts(element) { return element }
            at = name != 0 && skipped[name] ? Int(tree.nodes[at].end) : at + 1
        }
        return nil
    }

    /// Whether elements of these names stand in it, and beside them nothing but signs.
    func holdsOnly(_ names: Set<String>) -> Bool {
        var holds = false
        for child in children {
            if child.isText {
                if String(decoding: child.textBytes, as: UTF8.self).contains(where: { $0.isLetter || $0.isNumber }) { return false }
            } else {
                guard names.contains(child.element.name) else { return false }
                holds = true
            }
        }
        return holds
    }

    // MARK: Text

    /// Whether text stands in the element itself, not only deeper.
    var hasOwnText: Bool {
        children.contains { $0.isText && !$0.textBytes.allSatisfy { $0 <= 0x20 } && !String(decoding: $0.textBytes, as: UTF8.self).isBlank }
    }

    /// Whether it ends a line and says nothing: `br` of HTML, `lb` of TEI.
    var isLineBreak: Bool {
        guard Int(node.end) == index + 1 else { return false }
        let name = name
        return name == "br" || name == "lb" || name == "BR"
    }

    /// Whether the text of another file belongs here (XInclude 1.0).
    var isInclusion: Bool { namespace == "http://www.w3.org/2001/XInclude" && name == "include" }

    /// The bytes of its text where it holds a text and nothing else.
    var onlyText: UnsafeBufferPointer<UInt8>? {
        guard Int(node.end) == index + 2 else { return nil }
        let child = XMLNode(tree: tree, index: index + 1)
        return child.isText ? child.textBytes : nil
    }

    /// The text in it, joined as it stands.
    var rawText: String {
        var bytes: [UInt8] = []
        for at in inside where tree.nodes[at].name == 0 { bytes.append(contentsOf: XMLNode(tree: tree, index: at).textBytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// All text in reading order, as it stands.
    func text() -> String {
        var collector = XMLText()
        collector.add(self)
        return String(decoding: collector.bytes, as: UTF8.self)
    }
}

/// An attribute of an element.
struct XMLAttribute {
    unowned(unsafe) let tree: XMLTree
    let index: Int

    var nameNumber: Int { Int(tree.attributes[index].name) }
    var name: String { tree.names[nameNumber].local }

    var value: String {
        let attribute = tree.attributes[index]
        return String(decoding: UnsafeBufferPointer(rebasing: tree.bytes[Int(attribute.first)..<Int(attribute.first + attribute.count)]), as: UTF8.self)
    }
}

/// A child of an element: another element, or a text.
struct XMLNode {
    unowned(unsafe) let tree: XMLTree
    let index: Int

    var isText: Bool { tree.nodes[index].name == 0 }
    var element: XMLElement { XMLElement(tree: tree, index: index) }

    /// The bytes of a text, UTF-8.
    var textBytes: UnsafeBufferPointer<UInt8> {
        let node = tree.nodes[index]
        return UnsafeBufferPointer(rebasing: tree.bytes[Int(node.first)..<Int(node.first + node.count)])
    }
}

/// The children of an element in document order.
struct XMLChildren: Sequence, IteratorProtocol {
    private unowned(unsafe) let tree: XMLTree
    private var at: Int
    private let end: Int

    init(of element: XMLElement) {
        tree = element.tree
        at = element.inside.lowerBound
        end = element.inside.upperBound
    }

    mutating func next() -> XMLNode? {
        guard at < end else { return nil }
        defer { at = Int(tree.nodes[at].end) }
        return XMLNode(tree: tree, index: at)
    }
}
