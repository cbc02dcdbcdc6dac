import Documents

/// What the OCR of Japan's National Diet Library writes: pages of lines, each with its text as an attribute. The library's layout
/// data has the same form without texts.
enum NDLOCRReader {
    static func pages(_ root: XMLElement) -> [PageTranscript] {
        var counts: [String: Int] = [:]
        return root.elements.filter { $0.name == "PAGE" }.map { page in
            let scale = PageScale(width: page["WIDTH"], height: page["HEIGHT"])
            var lines: [(order: Double, line: PageText.Line)] = []
            collect(page, scale, &lines)
            let ordered = lines.enumerated().sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
            let image = page["IMAGENAME"]?.folded
            counts[image ?? "", default: 0] += 1
            return PageTranscript(
                image: image, page: counts[image ?? ""] ?? 1, text: PageText(source: .ndlocr, lines: ordered.map(\.element.line)))
        }
    }

    private static func collect(_ element: XMLElement, _ scale: PageScale?, _ lines: inout [(order: Double, line: PageText.Line)]) {
        for child in element.elements {
            if child.name == "LINE" {
                func number(_ name: String) -> Double? { child[name].flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil } }
                var box: Box?
                if let scale, let left = number("X"), let top = number("Y"), let width = number("WIDTH"), let height = number("HEIGHT") {
                    box = scale.box(left: left, top: top, right: left + width, bottom: top + height)
                }
                if let line = PageText.Line(folding: child["STRING"] ?? "", box: box, confidence: number("CONF").map(Float.init)) {
                    lines.append((number("ORDER") ?? .infinity, line))
                }
            }
            collect(child, scale, &lines)
        }
    }
}
