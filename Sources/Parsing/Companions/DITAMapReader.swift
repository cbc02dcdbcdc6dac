import Documents

/// DITA maps: the keys that topics may use instead of paths and product names.
enum DITAMapReader {
    static func title(_ root: XMLElement) -> String? {
        let title = (root.first(["title", "mainbooktitle"])?.text() ?? root["title"])?.folded
        return title.flatMap { $0.isEmpty ? nil : $0 }
    }

    static func keys(_ root: XMLElement) -> [KeyDefinition] {
        var keys: [KeyDefinition] = []
        collect(root, scopes: [], &keys)
        return keys
    }

    private static func collect(_ element: XMLElement, scopes: [String], _ keys: inout [KeyDefinition]) {
        for child in element.elements {
            let target = child["href"]?.percentDecoded.folded
            for key in words(child["keys"]) {
                let text = child.elements.first { $0.name == "topicmeta" }.flatMap(Self.text)
                let isUsable = !(target ?? "").isEmpty || text != nil
                if isUsable { keys.append(KeyDefinition(name: (scopes + [key]).joined(separator: "."), target: target, text: text)) }
            }
            // Keys of a scope are known outside it by its name; one name is enough to find them.
            collect(child, scopes: scopes + words(child["keyscope"]).prefix(1), &keys)
        }
    }

    /// What a key stands for in words: its keyword, else its link text.
    private static func text(_ information: XMLElement) -> String? {
        let text = (information.first(["keyword"]) ?? information.first(["linktext", "navtitle"]))?.text().folded
        return text.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func words(_ attribute: String?) -> [String] {
        (attribute ?? "").split { $0.isWhitespace }.map(String.init)
    }
}
