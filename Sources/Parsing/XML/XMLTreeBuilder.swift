import CXML2

/// Copies libxml2's nodes into Swift's memory. Recursive: the depth was checked before.
enum XMLTreeBuilder {
    static func element(_ node: xmlNodePtr, step: String) -> XMLElement {
        var children: [XMLElement.Child] = []
        var sameName: [String: Int] = [:]
        var position = 0
        var child = node.pointee.children
        while let current = child {
            switch current.pointee.type {
            case XML_ELEMENT_NODE:
                position += 1
                var name = "*[\(position)]"
                if current.pointee.ns == nil {
                    let local = String(xml: current.pointee.name)
                    let count = sameName[local, default: 0] + 1
                    sameName[local] = count
                    name = "\(local)[\(count)]"
                }
                children.append(.element(element(current, step: name)))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                if let content = current.pointee.content { children.append(.text(String(xml: content))) }
            case XML_ENTITY_REF_NODE:
                // Declared in a DTD that is not opened; the names of HTML are common knowledge.
                if let known = htmlEntityLookup(current.pointee.name), let scalar = Unicode.Scalar(known.pointee.value) {
                    children.append(.text(String(Character(scalar))))
                }
            default: break
            }
            child = current.pointee.next
        }
        return XMLElement(
            name: String(xml: node.pointee.name), namespace: node.pointee.ns?.pointee.href.map { String(xml: $0) },
            attributes: attributes(node), children: children, step: step)
    }

    /// The step to a root element.
    static func step(of root: xmlNodePtr) -> String {
        root.pointee.ns == nil ? "\(String(xml: root.pointee.name))[1]" : "*[1]"
    }

    private static func attributes(_ node: xmlNodePtr) -> [XMLElement.Attribute] {
        var found: [XMLElement.Attribute] = []
        var attribute = node.pointee.properties
        while let current = attribute {
            let prefix = current.pointee.ns?.pointee.prefix.map { String(xml: $0) }
            let name = String(xml: current.pointee.name)
            var value = ""
            var part = current.pointee.children
            while let text = part {
                if let content = text.pointee.content { value += String(xml: content) }
                part = text.pointee.next
            }
            found.append(.init(name: prefix == "xml" ? "xml:\(name)" : name, value: value))
            attribute = current.pointee.next
        }
        return found
    }
}

extension String {
    /// libxml2's text is UTF-8.
    init(xml text: UnsafePointer<xmlChar>?) {
        self = text.map { String(decodingCString: $0, as: UTF8.self) } ?? ""
    }
}
