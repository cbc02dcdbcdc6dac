import Documents

/// ALTO, any version: lines of strings with their places.
enum ALTOReader {
    static func pages(_ root: XMLElement) -> [PageTranscript] {
        let image = root.first(["fileName"])?.text().folded.nilIfEmpty
        var pages: [PageTranscript] = []
        for layout in root.elements where layout.name == "Layout" {
            for page in layout.elements where page.name == "Page" {
                let scale = PageScale(width: page["WIDTH"], height: page["HEIGHT"])
                var lines: [PageText.Line] = []
                collect(page, scale, &lines)
                pages.append(PageTranscript(image: image, page: pages.count + 1, text: PageText(source: .alto, lines: lines)))
            }
        }
        return pages
    }

    private static func collect(_ element: XMLElement, _ scale: PageScale?, _ lines: inout [PageText.Line]) {
        for child in element.elements {
            if child.name == "TextLine" {
                if let line = line(child, scale) { lines.append(line) }
            } else {
                collect(child, scale, &lines)
            }
        }
    }

    private static func line(_ line: XMLElement, _ scale: PageScale?) -> PageText.Line? {
        var words = [""]
        var confidences: [Float] = []
        // Writers that mark spaces between strings mark them; others mean one between any two.
        let marksSpaces = line.elements.drop { $0.name != "String" }.reversed().drop { $0.name != "String" }.contains { $0.name == "SP" }
        var end: Double?
        for part in line.elements {
            switch part.name {
            case "String":
                guard let content = part["CONTENT"] else { continue }
                if !marksSpaces || isApart(part, from: end) { words.append("") }
                end = number(part, "HPOS").flatMap { left in number(part, "WIDTH").map { left + $0 } }
                words[words.count - 1] += content
                if let confidence = part["WC"].flatMap(Float.init) { confidences.append(confidence) }
            case "SP": words.append("")
            case "HYP": words[words.count - 1] += part["CONTENT"] ?? "-"
            default: break
            }
        }
        let mean = confidences.isEmpty ? nil : confidences.reduce(0, +) / Float(confidences.count)
        return PageText.Line(folding: WordJoin.line(of: words), box: box(line, scale), confidence: mean)
    }

    /// Whether a string stands as far behind the one before as spaces are wide, though none is marked.
    private static func isApart(_ string: XMLElement, from end: Double?) -> Bool {
        guard let end, let left = number(string, "HPOS"), let height = number(string, "HEIGHT") else { return false }
        return left - end > height * 0.2
    }

    private static func box(_ element: XMLElement, _ scale: PageScale?) -> Box? {
        guard let scale, let left = number(element, "HPOS"), let top = number(element, "VPOS"), let width = number(element, "WIDTH"),
            let height = number(element, "HEIGHT")
        else { return nil }
        return scale.box(left: left, top: top, right: left + width, bottom: top + height)
    }

    private static func number(_ element: XMLElement, _ name: String) -> Double? {
        element[name].flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
    }
}
