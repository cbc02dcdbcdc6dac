/// An element of a document that libxml2 read, in Swift's memory.
struct XMLElement {
    struct Attribute {
        let name: String
        let value: String
    }

    enum Child {
        case element(XMLElement)
        case text(String)
    }

    /// The local name.
    let name: String
    let namespace: String?
    /// Attributes by local name, `xml:lang` as `xml:lang`, in document order.
    let attributes: [Attribute]
    let children: [Child]
    /// One step of an XPath that finds the element below its parent: `step[3]`, or `*[3]` in a namespace.
    let step: String

    subscript(attribute: String) -> String? { attributes.first { $0.name == attribute }?.value }

    var elements: [XMLElement] {
        children.compactMap { child in
            if case .element(let element) = child { element } else { nil }
        }
    }

    /// Whether text stands in the element itself, not only deeper.
    var hasOwnText: Bool {
        children.contains { child in
            if case .text(let text) = child { !text.isBlank } else { false }
        }
    }

    /// All text in reading order, without the elements that `skipping` names. Elements other than those of running text part words.
    func text(skipping: (XMLElement) -> Bool = { _ in false }) -> String {
        var result = ""
        collect(into: &result, skipping)
        return result
    }

    private func collect(into result: inout String, _ skipping: (XMLElement) -> Bool) {
        // <b>W</b>ord is one word, <entry>1</entry><entry>2</entry> are two.
        let running = hasOwnText
        for child in children {
            switch child {
            case .text(let text): result += text
            case .element(let element) where skipping(element): result += " "
            case .element(let element):
                if !running { result += " " }
                element.collect(into: &result, skipping)
                if !running { result += " " }
            }
        }
    }

    /// The first element of one of these names, here or below, in document order.
    func first(_ names: Set<String>, where accepts: (XMLElement) -> Bool = { _ in true }) -> XMLElement? {
        if names.contains(name), accepts(self) { return self }
        for element in elements {
            if let found = element.first(names, where: accepts) { return found }
        }
        return nil
    }
}
