import CXML2
import Documents

/// Reads XML with libxml2: in memory, no network, nothing outside the document.
struct XMLReader {
    let limits: ParsingLimits

    /// libxml2 knows one loader of outside entities per process; ours opens nothing.
    private static let outsideIsClosed: Void = shogo_xml_close_outside()

    func read(_ text: String) throws(ParsingFailure) -> XMLTree {
        _ = Self.outsideIsClosed
        shogo_xml_silence()
        // libxml2's own limits on entities are off in huge mode, so that only documents without entities get it.
        let huge = !Self.declaresEntities(text)
        let document = try XMLDocument(text, huge: huge)
        // Deeper than this, reading the tree would need more stack than a thread has.
        let maxDepth = min(limits.maxDepth, 1000)
        guard document.depth(atMost: maxDepth) != nil else {
            throw ParsingFailure(.tooDeep, "elements nest deeper than parse.maxDepth, \(maxDepth)")
        }
        guard document.textBytes(atMost: limits.maxTextBytes) != nil else {
            throw ParsingFailure(.entityExpansion, "entities expand to more than parse.maxTextBytes, \(limits.maxTextBytes)")
        }
        return try document.tree()
    }

    /// Whether `<!ENTITY` stands anywhere. By bytes: comparing characters would take seconds on a large file.
    private static func declaresEntities(_ text: String) -> Bool {
        let word = Array("<!ENTITY".utf8)
        var rest = text.utf8[...]
        while let start = rest.firstIndex(of: word[0]) {
            rest = rest[start...]
            if rest.starts(with: word) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
