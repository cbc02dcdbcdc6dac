import Documents

/// Text for people at a terminal. Whatever is put into a literal may come from a file, and is made harmless: it steers no terminal and
/// begins no line. So only what the program's own literals say does.
public struct TerminalText: ExpressibleByStringInterpolation, Equatable, Sendable {
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

        public mutating func appendLiteral(_ literal: String) { text += literal }

        public mutating func appendInterpolation(_ value: some Any) { text += "\(value)".harmless }

        /// Text of several lines: their ends are kept.
        public mutating func appendInterpolation(lines text: String) {
            // Not by characters: a carriage return and a line feed are one.
            self.text += text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).harmless }.joined(separator: "\n")
        }
    }

    /// What to write.
    public let text: String

    public init(stringLiteral text: String) { self.text = text }

    public init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }
}
