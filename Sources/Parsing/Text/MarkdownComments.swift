/// Takes the comments of HTML out of the lines of a Markdown text. They may go on for several lines.
struct MarkdownComments {
    private let lines: TextLines
    private var isOpen = false
    /// The last line that ends a comment: what no line ends is text. Looked up once.
    private lazy var lastEnd = lines.lastIndex { $0.utf8.contains(UInt8(ascii: "-")) && $0.contains("-->") } ?? -1

    init(_ lines: TextLines) { self.lines = lines }

    /// The line without what is in comments; `nil` for a line that a comment fills, which parts nothing. Asked line by line. Cost: linear.
    mutating func visible(of line: Substring, at index: Int) -> Substring? {
        guard isOpen || line.utf8.contains(UInt8(ascii: "<")) && line.contains("<!--") else { return line }
        var result = ""
        var rest = line
        // The end of the last comment in this line, where no later line ends one.
        lazy var end = line.ranges(of: "-->").last?.lowerBound ?? line.startIndex
        while true {
            if isOpen {
                guard let mark = rest.firstRange(of: "-->") else { break }
                rest = rest[mark.upperBound...]
                isOpen = false
                continue
            }
            let sign = rest.utf8.firstIndex { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "`") } ?? rest.endIndex
            result += rest[..<sign]
            rest = rest[sign...]
            if rest.first == "`" {
                let code = MarkdownCharacters.code(at: rest)
                result += rest[..<code]
                rest = rest[code...]
            } else if rest.hasPrefix("<!--"), lastEnd > index || lastEnd == index && rest.dropFirst(4).startIndex <= end {
                isOpen = true
                rest = rest.dropFirst(4)
            } else if let character = rest.first {
                result.append(character)
                rest = rest.dropFirst()
            } else {
                break
            }
        }
        return result.isBlank && !line.isBlank ? nil : Substring(result)
    }
}
