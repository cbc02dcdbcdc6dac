/// Names XML that is made for programs and holds no words for people, or only keywords.
enum XMLFormat {
    static func name(of root: XMLElement) -> String? {
        switch (root.name, root.namespace) {
        case (_, "adobe:ns:meta/"): return "an XMP sidecar"
        case ("RDF", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"): return isXMP(root) ? "an XMP sidecar" : "RDF metadata"
        case (_, "urn:oasis:names:tc:entity:xmlns:xml:catalog"): return "an XML catalog"
        case ("val", nil) where root.elements.allSatisfy({ ["prop", "revprop", "style-conflict"].contains($0.name) }): return "a DITAVAL filter"
        case ("plist", nil) where root.elements.allSatisfy({ ["dict", "array"].contains($0.name) }): return "a property list"
        default: return nil
        }
    }

    private static func isXMP(_ root: XMLElement) -> Bool {
        root.elements.contains { $0.elements.contains { ($0.namespace ?? "").hasPrefix("http://ns.adobe.com/") } }
    }
}
