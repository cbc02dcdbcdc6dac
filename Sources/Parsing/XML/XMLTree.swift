import CXML2

/// A document in memory: its nodes in document order, in the lists that `CXML2` makes.
///
/// `XMLElement` points into it without owning it; whoever reads elements keeps the tree alive.
final class XMLTree {
    private let tree: UnsafeMutablePointer<shogo_xml_tree>
    let nodes: UnsafeBufferPointer<shogo_xml_node>
    let attributes: UnsafeBufferPointer<shogo_xml_attribute>
    let bytes: UnsafeBufferPointer<UInt8>
    /// Names of elements and attributes by number; 0 is no name but that of text.
    let names: [XMLName]
    /// System identifiers of unparsed entities (`NDATA`) by entity name.
    let unparsedEntities: [String: String]
    /// System identifiers of entities whose text stands in another file, by entity name. In the text they stand as written: `&chapter2;`.
    let textEntities: [String: String]

    /// Takes over what `CXML2` made.
    init(owning tree: UnsafeMutablePointer<shogo_xml_tree>) {
        self.tree = tree
        let view = tree.pointee
        nodes = UnsafeBufferPointer(start: view.nodes, count: Int(view.node_count))
        attributes = UnsafeBufferPointer(start: view.attributes, count: Int(view.attribute_count))
        bytes = UnsafeBufferPointer(start: view.bytes, count: Int(view.byte_count))
        names = UnsafeBufferPointer(start: view.names, count: Int(view.name_count)).map {
            XMLName(local: String(cString: $0.local), namespace: $0.space.map { String(cString: $0) })
        }
        let entities = UnsafeBufferPointer(start: view.entities, count: Int(view.entity_count))
        func files(_ isParsed: UInt32) -> [String: String] {
            let named = entities.filter { $0.is_parsed == isParsed }.map { (String(cString: $0.name), String(cString: $0.file)) }
            return Dictionary(named, uniquingKeysWith: { first, _ in first })
        }
        unparsedEntities = files(0)
        textEntities = files(1)
    }

    deinit { shogo_xml_free(tree) }

    var root: XMLElement { XMLElement(tree: self, index: 0) }

    /// The numbers of all names that a test accepts, as a table by number.
    func table(_ accepts: (XMLName) -> Bool) -> [Bool] { names.map(accepts) }
}

/// The name of an element or an attribute.
struct XMLName: Hashable {
    /// Local, except that `xml:lang` and its kin keep their prefix.
    let local: String
    let namespace: String?
}
