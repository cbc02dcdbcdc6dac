/// What stands on a page image: its text view, line by line in reading order.
public struct PageText: Equatable, Codable, Sendable {
    /// Where the text comes from.
    public enum Source: String, Codable, Sendable {
        case alto, page, hocr, ndlocr
        /// Recognised here, from the pixels.
        case ocr
    }

    /// One line of text.
    public struct Line: Equatable, Codable, Sendable {
        /// As written, white space folded to single spaces; never empty.
        public var text: String
        /// Where it stands on the upright page, if the source tells.
        public var box: Box?
        /// How sure the source is, 0 to 1, if it tells.
        public var confidence: Float?

        public init(text: String, box: Box? = nil, confidence: Float? = nil) {
            self.text = text
            self.box = box
            self.confidence = confidence
        }
    }

    public var source: Source
    public var lines: [Line]

    public init(source: Source, lines: [Line]) {
        self.source = source
        self.lines = lines
    }
}
