import Documents

/// PAGE XML: regions of lines, each with its own transcription or that of its words.
enum PAGEReader {
    static func pages(_ root: XMLElement) -> [PageTranscript] {
        var pages: [PageTranscript] = []
        var others: [PageTranscript] = []
        for page in root.elements where page.name == "Page" {
            let image = name(page["imageFilename"])
            var reader = Reader(scale: PageScale(width: page["imageWidth"], height: page["imageHeight"]), order: order(page))
            reader.read(page)
            pages.append(PageTranscript(image: image, page: pages.count + 1, text: PageText(source: .page, lines: reader.lines)))
            // The same page made black and white, cut or turned: its text is the same, its places only where nothing was moved.
            for other in page.elements where other.name == "AlternativeImage" && !reader.lines.isEmpty {
                guard let file = name(other["filename"]), file != image, !others.contains(where: { $0.image == file }) else { continue }
                var lines = reader.lines
                if isMoved(other["comments"] ?? "") { for index in lines.indices { lines[index].box = nil } }
                others.append(PageTranscript(image: file, page: 1, text: PageText(source: .page, lines: lines)))
            }
        }
        return pages + others
    }

    private static func name(_ attribute: String?) -> String? { attribute?.folded.nilIfEmpty }

    private static func isMoved(_ comments: String) -> Bool {
        let comments = comments.lowercased()
        return ["crop", "skew", "rotat", "warp", "scal", "transpos", "orient"].contains { comments.contains($0) }
    }

    /// The regions' places in the reading order, by identifier. The order of the members is that of their `index`, whatever that of the file.
    private static func order(_ page: XMLElement) -> [String: Int] {
        var order: [String: Int] = [:]
        func collect(_ group: XMLElement) {
            let members = group.elements.enumerated().sorted { left, right in
                (number(left.element, "index") ?? .max, left.offset) < (number(right.element, "index") ?? .max, right.offset)
            }
            for (_, member) in members {
                if let region = member["regionRef"], order[region] == nil { order[region] = order.count }
                collect(member)
            }
        }
        for list in page.elements where list.name == "ReadingOrder" { collect(list) }
        return order
    }

    private static func number(_ element: XMLElement, _ name: String) -> Int? { element[name].flatMap { Int($0.folded) } }

    private struct Reader {
        let scale: PageScale?
        let order: [String: Int]
        var lines: [PageText.Line] = []

        /// Elements that hold no regions. All others may: tables have cells, and writers have containers of their own.
        private static let leaves: Set<String> = [
            "AlternativeImage", "Baseline", "Border", "Coords", "CornerPts", "Glyph", "Grid", "Labels", "Layers", "Metadata", "PrintSpace",
            "ReadingOrder", "Relations", "Roles", "TextEquiv", "TextLine", "TextStyle", "UserDefined", "Word",
        ]

        mutating func read(_ parent: XMLElement) {
            let regions = parent.elements.filter { !Self.leaves.contains($0.name) }.enumerated().map { (place: place($0.element), offset: $0.offset, element: $0.element) }
            for region in regions.sorted(by: { ($0.place, $0.offset) < ($1.place, $1.offset) }) {
                let before = lines.count
                for line in region.element.elements where line.name == "TextLine" { add(line, PAGEReader.text(ofLine: line)) }
                read(region.element)
                // A region may have a text of its own instead of lines.
                if lines.count == before, let own = PAGEReader.transcription(of: region.element) {
                    for part in own.text.split(whereSeparator: \.isNewline) { add(region.element, (String(part), own.confidence)) }
                }
            }
        }

        /// In the reading order, then as a cell of a table; what the order does not name stands where the first of its parts does.
        private struct Place: Comparable {
            var order = Int.max
            var row = Int.max
            var column = Int.max

            static func < (left: Place, right: Place) -> Bool { (left.order, left.row, left.column) < (right.order, right.row, right.column) }
        }

        private func place(_ region: XMLElement) -> Place {
            let role = region.elements.first { $0.name == "Roles" }?.elements.first { $0.name == "TableCellRole" }
            let row = PAGEReader.number(region, "row") ?? role.flatMap { PAGEReader.number($0, "rowIndex") }
            let column = PAGEReader.number(region, "col") ?? role.flatMap { PAGEReader.number($0, "columnIndex") }
            return Place(order: order.isEmpty ? .max : firstOrder(region), row: row ?? .max, column: column ?? .max)
        }

        private func firstOrder(_ region: XMLElement) -> Int {
            if let own = region["id"].flatMap({ order[$0] }) { return own }
            return region.elements.lazy.filter { !Self.leaves.contains($0.name) }.map(firstOrder).min() ?? .max
        }

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
        return words.isEmpty ? nil : (WordJoin.line(of: words), nil)
    }

    /// The main one of an element's transcriptions that are not blank: that of the lowest index; without indices the surest; else the first.
    private static func transcription(of element: XMLElement) -> (text: String, confidence: Float?)? {
        var best: (index: Int?, confidence: Float?, text: String)?
        for equivalent in element.elements where equivalent.name == "TextEquiv" {
            let texts = ["Unicode", "PlainText"].lazy.compactMap { name in equivalent.elements.first { $0.name == name }?.text() }
            guard let text = texts.first(where: { !$0.isBlank }) else { continue }
            let (index, confidence) = (number(equivalent, "index"), equivalent["conf"].flatMap(Float.init))
            if let known = best {
                guard known.index != nil || index != nil ? (index ?? .max) < (known.index ?? .max) : (confidence ?? -1) > (known.confidence ?? -1) else { continue }
            }
            best = (index, confidence, text)
        }
        return best.map { ($0.text, $0.confidence) }
    }
}
