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
    /// Quarter turns clockwise, 1 to 3, after which the page can be read; `nil` where it can be read as its file has it. The boxes are
    /// those of the page as its file has it.
    public var turn: Int?

    public init(source: Source, lines: [Line], turn: Int? = nil) {
        self.source = source
        self.lines = lines
        self.turn = turn
    }
}
