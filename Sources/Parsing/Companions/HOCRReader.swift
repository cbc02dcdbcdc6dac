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
            guard child["class"] == "ocr_page" else {
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

    private static func collectLines(_ element: XMLElement, _ scale: PageScale?, _ lines: inout [PageText.Line]) {
        for child in element.elements {
            guard ["ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat", "ocrx_line"].contains(child["class"] ?? "") else {
                collectLines(child, scale, &lines)
                continue
            }
            let box = Properties(child["title"] ?? "").numbers("bbox")
            let place = box.count == 4 ? scale?.box(left: box[0], top: box[1], right: box[2], bottom: box[3]) : nil
            let words = child.elements.compactMap { Properties($0["title"] ?? "").numbers("x_wconf").first }.map { Float($0 / 100) }
            let mean = words.isEmpty ? nil : words.reduce(0, +) / Float(words.count)
            if let line = PageText.Line(folding: child.text(), box: place, confidence: mean) { lines.append(line) }
        }
    }

    /// `name value value; name "text"`.
    private struct Properties {
        private let parts: [Substring]

        init(_ title: String) { parts = title.split(separator: ";") }

        func numbers(_ name: String) -> [Double] {
            value(name)?.split(separator: " ").compactMap { Double($0) }.filter(\.isFinite) ?? []
        }

        func text(_ name: String) -> String? {
            let text = value(name)?.trimming { $0 == "\"" || $0 == "'" || $0 == " " }
            return text.flatMap { $0.isEmpty ? nil : String($0) }
        }

        private func value(_ name: String) -> Substring? {
            parts.lazy.map { $0.drop { $0.isWhitespace } }.first { $0.hasPrefix(name + " ") }?.dropFirst(name.count + 1)
        }
    }
}

extension Substring {
    fileprivate func trimming(_ drop: (Character) -> Bool) -> Substring {
        var text = self.drop(while: drop)
        while let last = text.last, drop(last) { text.removeLast() }
        return text
    }
}
