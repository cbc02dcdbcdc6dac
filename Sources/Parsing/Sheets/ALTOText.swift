/// The words of an ALTO text block: its lines, each the `CONTENT` of its strings.
enum ALTOText {
    static func text(of block: XMLElement) -> String {
        block.elements.filter { $0.name == "TextLine" }.map { line in
            line.elements.filter { $0.name == "String" }.compactMap { $0["CONTENT"] }.joined(separator: " ")
        }.joined(separator: "\n")
    }
}
