import CXML2
import Documents

/// Reads XML and HTML with libxml2: in memory, no network, nothing outside the document.
struct XMLReader {
    let limits: ParsingLimits

    func read(_ text: String) throws(ParsingFailure) -> XMLTree {
        try read(text, shogo_xml_read)
    }

    /// Reads HTML whatever is missing in it.
    func readHTML(_ text: String) throws(ParsingFailure) -> XMLTree {
        try read(text, shogo_xml_read_html)
    }

    private typealias Read = (
        UnsafePointer<UInt8>?, Int, shogo_xml_limits, UnsafeMutablePointer<UnsafeMutablePointer<shogo_xml_tree>?>?,
        UnsafeMutablePointer<shogo_xml_error>?
    ) -> CInt

    /// The text with next-line characters as line ends, which they are where they stand as such; `&#133;` means the sign that Windows has
    /// in their place.
    private static func withoutNextLines(_ text: String) -> String {
        guard text.utf8.contains(0xC2), text.unicodeScalars.contains("\u{85}") else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.lazy.map { $0 == "\u{85}" ? "\n" : $0 }))
    }

    private func read(_ text: String, _ read: Read) throws(ParsingFailure) -> XMLTree {
        // Deeper than this, walking the tree would need more stack than a thread has.
        let maxDepth = min(limits.maxDepth, 1000)
        let bounds = shogo_xml_limits(depth: UInt32(maxDepth), text_bytes: UInt32(clamping: limits.maxTextBytes))
        var tree: UnsafeMutablePointer<shogo_xml_tree>?
        var error = shogo_xml_error()
        var text = Self.withoutNextLines(text)
        let code = text.withUTF8 { read($0.baseAddress, $0.count, bounds, &tree, &error) }
        if let tree { return XMLTree(owning: tree) }
        let words = withUnsafeBytes(of: &error.words) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self).folded }
        let line = "line \(max(1, error.line))"
        switch Int(code) {
        case SHOGO_XML_TOO_DEEP where words.isEmpty:
            throw ParsingFailure(.tooDeep, "\(line): elements nest deeper than parse.maxDepth, \(maxDepth)")
        case SHOGO_XML_TOO_DEEP: throw ParsingFailure(.tooDeep, "\(line): \(words)")
        case SHOGO_XML_ENTITY_EXPANSION where words.isEmpty:
            throw ParsingFailure(.entityExpansion, "\(line): entities expand to more than parse.maxTextBytes, \(limits.maxTextBytes)")
        case SHOGO_XML_ENTITY_EXPANSION: throw ParsingFailure(.entityExpansion, "\(line): \(words)")
        case SHOGO_XML_TOO_LARGE: throw ParsingFailure(.tooLarge, words.isEmpty ? "no memory for the XML parser" : "\(line): \(words)")
        default: throw ParsingFailure(.notWellFormed, "\(line): \(words)")
        }
    }
}
