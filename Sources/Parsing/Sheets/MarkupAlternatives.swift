/// What several families of XML share: elements that say once more what stands beside them, or hold bytes instead of words.
enum MarkupAlternatives {
    /// Whether nothing in an element is text of the document: readings of ruby, encoded bytes.
    static func isAside(_ name: XMLName, in parent: XMLName?) -> Bool {
        switch name.local.lowercased() {
        case "rt", "rp", "rtc": ["ruby", "rb", "rbc", "rt", "rp", "rtc"].contains(parent?.local.lowercased() ?? "")
        case "binaryobject", "inlinebinary": true
        case "annotation", "annotation-xml": parent?.local == "semantics"
        default: false
        }
    }

    /// Whether an element tells how the word beside it is read: it stands inside the word.
    static func isReading(_ name: XMLName) -> Bool { ["rt", "rp", "rtc"].contains(name.local.lowercased()) }

    /// Whether an element's children may say the same in several ways, whatever the dialect.
    static func isChoice(_ name: XMLName) -> Bool {
        ["alternatives", "inline-formula", "disp-formula"].contains(name.local)
    }

    /// The child that counts.
    static func chosen(in element: XMLElement) -> XMLElement? {
        let children = Array(element.elements.prefix(64))
        let formula = children.first { $0.name == "math" || $0.name == "textual-form" }
        guard element.name == "alternatives" else {
            return formula != nil && children.contains { $0.name == "tex-math" } ? formula : nil
        }
        return formula ?? children.first { $0.name == "tex-math" } ?? children.first { $0.name == "table" || !$0.text().isBlank }
    }

    /// The formula in a LaTeX document that holds one: the document around it, with the packages that it loads, is no text.
    static func formula(in text: String) -> String? {
        let begin = text.firstRange(of: "\\begin{document}"), end = text.firstRange(of: "\\end{document}")
        guard begin != nil || text.contains("\\documentclass") || text.contains("\\usepackage") else { return nil }
        guard let begin else { return "" }
        let inside = text[begin.upperBound...]
        let formula = end.map { $0.lowerBound >= begin.upperBound ? text[begin.upperBound..<$0.lowerBound] : inside } ?? inside
        return String(formula).replacing("$", with: " ")
    }
}
