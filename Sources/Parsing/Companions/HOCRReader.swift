import Documents

/// hOCR: HTML whose classes mark pages and lines, with places in `title`.
enum HOCRReader {
    static func pages(_ root: XMLElement) -> [PageTranscript] {
        var pages: [PageTranscript] = []
        collect(root, &pages)
        return pages
    }

    private static func collect(_ element: XMLElement, _ pages: inout [PageTranscript]) {
        for child in element.elements {
            guard classes(child).contains("ocr_page") else {
                collect(child, &pages)
                continue
            }
            let title = Properties(child["title"] ?? "")
            let box = title.numbers("bbox")
            let scale = box.count == 4 ? PageScale(width: "\(box[2])", height: "\(box[3])") : nil
            var lines: [PageText.Line] = []
            collectLines(child, scale, &lines)
            // `ppageno` counts the pages of a run, over all its images.
            let image = title.text("image")
            let number = pages.count { $0.image == image } + 1
            pages.append(PageTranscript(image: image, page: number, text: PageText(source: .hocr, lines: lines)))
        }
    }

    private static let lineClasses: Set<Substring> = ["ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat", "ocrx_line"]

    private static func classes(_ element: XMLElement) -> Set<Substring> { Set((element["class"] ?? "").split { $0.isWhitespace }) }

    private static func collectLines(_ element: XMLElement, _ scale: PageScale?, _ lines: inout [PageText.Line]) {
        for child in element.elements {
            guard !classes(child).isDisjoint(with: lineClasses) else {
                // Words that stand in no line; a block of them is made of the lines that their places make.
                if classes(child).contains("ocrx_word") { continue }
                collectLines(child, scale, &lines)
                continue
            }
            let words = words(below: child)
            let text = hasWords(child) ? WordJoin.respaced(child.text()) : child.text()
            let place = Word.box(around: [Properties(child["title"] ?? "").numbers("bbox")], scale)
            if let line = PageText.Line(folding: text, box: place, confidence: Word.confidence(words)) { lines.append(line) }
        }
        for words in rows(of: element.elements.filter { classes($0).contains("ocrx_word") }.map(Word.init)) {
            let place = Word.box(around: words.map(\.box), scale)
            let text = WordJoin.line(of: words.map(\.text))
            if let line = PageText.Line(folding: text, box: place, confidence: Word.confidence(words)) { lines.append(line) }
        }
    }

    private static func hasWords(_ element: XMLElement) -> Bool {
        element.elements.contains { classes($0).contains("ocrx_word") || hasWords($0) }
    }

    private static func words(below element: XMLElement) -> [Word] {
        element.elements.flatMap { child -> [Word] in
            let below = words(below: child)
            return Properties(child["title"] ?? "").numbers("x_wconf").isEmpty ? below : [Word(child)]
        }
    }

    /// Words in rows: one that begins left of the one before it, or stands at another height, begins a new row.
    private static func rows(of words: [Word]) -> [[Word]] {
        var rows: [[Word]] = []
        for word in words {
            if let last = rows.last?.last, last.isFollowed(by: word) { rows[rows.count - 1].append(word) } else { rows.append([word]) }
        }
        return rows
    }

    private struct Word {
        let text: String
        /// Left, top, right, bottom; empty when not stated.
        let box: [Double]
        let sureness: Float?

        init(_ element: XMLElement) {
            let title = Properties(element["title"] ?? "")
            text = element.text()
            let box = title.numbers("bbox")
            self.box = box.count == 4 ? box : []
            sureness = title.numbers("x_wconf").first.map { Float($0 / 100) }
        }

        func isFollowed(by next: Word) -> Bool {
            guard box.count == 4, next.box.count == 4 else { return true }
            let shared = min(box[3], next.box[3]) - max(box[1], next.box[1])
            let lower = min(box[3] - box[1], next.box[3] - next.box[1])
            if shared * 2 >= lower, next.box[0] >= box[0] { return true }
            // Written downwards: each word stands below the one before, in the same column.
            let column = min(box[2], next.box[2]) - max(box[0], next.box[0])
            return column * 2 >= min(box[2] - box[0], next.box[2] - next.box[0]) && isUpright && next.isUpright && next.box[1] >= box[1]
        }

        /// Higher than it is wide, though it has several characters.
        private var isUpright: Bool { text.folded.count > 1 && box[3] - box[1] > (box[2] - box[0]) * 1.5 }

        static func box(around boxes: [[Double]], _ scale: PageScale?) -> Box? {
            let boxes = boxes.filter { $0.count == 4 }
            guard let left = boxes.map({ $0[0] }).min(), let top = boxes.map({ $0[1] }).min(), let right = boxes.map({ $0[2] }).max(),
                let bottom = boxes.map({ $0[3] }).max()
            else { return nil }
            return scale?.box(left: left, top: top, right: right, bottom: bottom)
        }

        static func confidence(_ words: [Word]) -> Float? {
            let known = words.compactMap(\.sureness)
            return known.isEmpty ? nil : known.reduce(0, +) / Float(known.count)
        }
    }

    /// `name value value; name "text"`.
    private struct Properties {
        private let parts: [Substring]

        /// A semicolon between quotes is part of a name.
        init(_ title: String) {
            var quote: Character?
            var before: Character = " "
            parts = title.split { character in
                defer { before = character }
                let opens = quote == nil && before.isWhitespace && (character == "\"" || character == "'")
                if opens { quote = character } else if character == quote { quote = nil }
                return character == ";" && quote == nil
            }
        }

        func numbers(_ name: String) -> [Double] {
            value(name)?.split(separator: " ").compactMap { Double($0) }.filter(\.isFinite) ?? []
        }

        func text(_ name: String) -> String? {
            func isAround(_ character: Character) -> Bool { "\"' ".contains(character) }
            return value(name)?.drop(while: isAround).trimmingEnd(while: isAround).nilIfEmpty.map { String($0) }
        }

        private func value(_ name: String) -> Substring? {
            parts.lazy.map { $0.drop { $0.isWhitespace } }.first { $0.hasPrefix(name + " ") }?.dropFirst(name.count + 1)
        }
    }
}
