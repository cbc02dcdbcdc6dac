import Documents

/// Reads a document that says something about other files; answers `nil` for a document that speaks for itself.
enum CompanionReader {
    static func read(_ tree: XMLTree, encoding: String, limits: ParsingLimits) throws(ParsingFailure) -> Companion? {
        let root = tree.root
        switch root.name {
        case "alto":
            return Companion(kind: .alto, encoding: encoding, pages: try check(ALTOReader.pages(root), limits))
        case "PcGts":
            return Companion(kind: .page, encoding: encoding, pages: try check(PAGEReader.pages(root), limits))
        case "OCRDATASET":
            return Companion(kind: .ndlocr, encoding: encoding, pages: try check(NDLOCRReader.pages(root), limits))
        case "mets":
            return Companion(kind: .mets, encoding: encoding, title: root["LABEL"], files: METSReader.files(root))
        case "map", "bookmap", "subjectScheme":
            guard root.namespace == nil else { return nil }
            return Companion(kind: .ditaMap, encoding: encoding, title: DITAMapReader.title(root), keys: DITAMapReader.keys(root))
        default:
            guard HTMLDialect.reads(root) else { return nil }
            let pages = HOCRReader.pages(root)
            return pages.isEmpty ? nil : Companion(kind: .hocr, encoding: encoding, pages: try check(pages, limits))
        }
    }

    private static func check(_ pages: [PageTranscript], _ limits: ParsingLimits) throws(ParsingFailure) -> [PageTranscript] {
        guard pages.count <= limits.maxPages else { throw ParsingFailure(.tooManyPages, "more than parse.maxPages, \(limits.maxPages)") }
        return pages
    }
}

/// Turns places in the pixels (or other units) of a page into boxes.
struct PageScale {
    let width: Double
    let height: Double

    /// `nil` when either side is not a positive number.
    init?(width: String?, height: String?) {
        guard let width = width.flatMap(Double.init), let height = height.flatMap(Double.init), width > 0, height > 0,
            width.isFinite, height.isFinite
        else { return nil }
        (self.width, self.height) = (width, height)
    }

    /// The box between two corners; `nil` when it is empty or no number.
    func box(left: Double, top: Double, right: Double, bottom: Double) -> Box? {
        guard right > left, bottom > top else { return nil }
        func unit(_ value: Double, _ whole: Double) -> UInt16 { UInt16(max(0, min(65535, (value / whole * 65535).rounded()))) }
        let box = Box(left: unit(left, width), top: unit(top, height), right: unit(right, width), bottom: unit(bottom, height))
        return box.right > box.left && box.bottom > box.top ? box : nil
    }

    /// The box around a list of points, `x,y x,y` or `x,y,x,y`.
    func box(around points: String) -> Box? {
        let numbers = points.split { $0 == "," || $0 == " " }.map { Double($0) ?? .nan }
        guard numbers.count >= 4, numbers.count.isMultiple(of: 2), numbers.allSatisfy(\.isFinite) else { return nil }
        let across = stride(from: 0, to: numbers.count, by: 2).map { numbers[$0] }
        let down = stride(from: 1, to: numbers.count, by: 2).map { numbers[$0] }
        guard let left = across.min(), let right = across.max(), let top = down.min(), let bottom = down.max() else { return nil }
        return box(left: left, top: top, right: right, bottom: bottom)
    }
}

extension PageText.Line {
    /// A line of folded text; `nil` when nothing is left of it.
    init?(folding text: String, box: Box?, confidence: Float?) {
        let text = text.folded
        guard !text.isEmpty else { return nil }
        self.init(text: text, box: box, confidence: confidence.map { max(0, min(1, $0)) })
    }
}
