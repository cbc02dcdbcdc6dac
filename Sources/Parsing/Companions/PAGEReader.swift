import Documents

/// PAGE XML: regions of lines, each with its own transcription or that of its words.
enum PAGEReader {
    static func pages(_ root: XMLElement) -> [PageTranscript] {
        var pages: [PageTranscript] = []
        for page in root.elements where page.name == "Page" {
            let image = page["imageFilename"]?.folded
            var reader = Reader(scale: PageScale(width: page["imageWidth"], height: page["imageHeight"]), order: order(page))
            reader.read(page)
            pages.append(
                PageTranscript(image: image.flatMap { $0.isEmpty ? nil : $0 }, page: pages.count + 1, text: PageText(source: .page, lines: reader.lines)))
        }
        return pages
    }

    /// The regions' places in the reading order, by identifier.
    private static func order(_ page: XMLElement) -> [String: Int] {
        var order: [String: Int] = [:]
        func collect(_ group: XMLElement) {
            for member in group.elements {
                if let region = member["regionRef"], order[region] == nil { order[region] = order.count }
                collect(member)
            }
        }
        for list in page.elements where list.name == "ReadingOrder" { collect(list) }
        return order
    }

    private struct Reader {
        let scale: PageScale?
        let order: [String: Int]
        var lines: [PageText.Line] = []

        mutating func read(_ parent: XMLElement) {
            let regions = parent.elements.filter { $0.name.hasSuffix("Region") }.enumerated().sorted { left, right in
                (place(left.element), left.offset) < (place(right.element), right.offset)
            }
            for (_, region) in regions {
                let before = lines.count
                for line in region.elements where line.name == "TextLine" { add(line, PAGEReader.text(ofLine: line)) }
                read(region)
                // A region may have a text of its own instead of lines.
                if lines.count == before, let own = PAGEReader.transcription(of: region) {
                    for part in own.text.split(whereSeparator: \.isNewline) { add(region, (String(part), own.confidence)) }
                }
            }
        }

        private func place(_ region: XMLElement) -> Int { region["id"].flatMap { order[$0] } ?? Int.max }

        private mutating func add(_ element: XMLElement, _ found: (text: String, confidence: Float?)?) {
            guard let found else { return }
            let points = element.elements.first { $0.name == "Coords" }?["points"]
            let box = points.flatMap { points in scale?.box(around: points) }
            if let line = PageText.Line(folding: found.text, box: box, confidence: found.confidence) { lines.append(line) }
        }
    }

    private static func text(ofLine line: XMLElement) -> (text: String, confidence: Float?)? {
        if let own = transcription(of: line) { return own }
        let words = line.elements.filter { $0.name == "Word" }.compactMap { transcription(of: $0)?.text }
        return words.isEmpty ? nil : (words.joined(separator: " "), nil)
    }

    /// The first of an element's transcriptions that is not blank.
    private static func transcription(of element: XMLElement) -> (text: String, confidence: Float?)? {
        for equivalent in element.elements where equivalent.name == "TextEquiv" {
            guard let text = equivalent.elements.first(where: { $0.name == "Unicode" })?.text(), !text.isBlank else { continue }
            return (text, equivalent["conf"].flatMap(Float.init))
        }
        return nil
    }
}
