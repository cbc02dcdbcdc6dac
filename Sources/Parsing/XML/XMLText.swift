import Documents
import Glibc

/// Collects the text of elements in reading order.
struct XMLText {
    private(set) var bytes: [UInt8] = []
    /// Elements that say nothing here.
    var skips: (_ child: XMLElement, _ parent: XMLElement) -> Bool = { _, _ in false }
    /// What another document says in an element's place: its target. The text then holds U+FFFC there.
    var borrows: (XMLElement) -> BorrowedText? = { _ in nil }
    private(set) var borrowed: [BorrowedText] = []
    /// What an element does to the words around it.
    var flow: (XMLElement) -> ElementFlow = { _ in .unknown }
    /// Whether the next white space stands inside a word.
    private var joins = false

    /// Adds what stands in an element.
    mutating func add(_ element: XMLElement) {
        if element.name == "tex-math", let formula = MarkupAlternatives.formula(in: element.rawText) { return append(formula) }
        var running: Bool?
        for child in element.children {
            guard !child.isText else {
                append(child.textBytes)
                continue
            }
            let flow = flow(child.element)
            guard flow != .lineBreak, !child.element.isLineBreak else {
                breakLine(child.element)
                continue
            }
            let isSkipped = skips(child.element, element)
            let parts = flow == .block || flow == .unknown && (isSkipped || !isRunning(element, &running))
            if parts { separate() }
            if !isSkipped {
                if let text = borrows(child.element) { borrow(text) } else { add(child.element) }
                if parts { separate() }
            }
        }
    }

    /// Whether text stands in the element itself; looked up once.
    func isRunning(_ element: XMLElement, _ known: inout Bool?) -> Bool {
        if let known { return known }
        let running = element.hasOwnText
        known = running
        return running
    }

    mutating func separate() { bytes.append(FoldedBytes.separator) }

    /// Ends a line. With `break="no"` a word goes on behind it, and a hyphen before it is no part of the word.
    mutating func breakLine(_ element: XMLElement) {
        guard element.hasAttributes, element["break"] == "no" else { return separate() }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        for hyphen: [UInt8] in [[0x2D], [0xC2, 0xAD], [0xE2, 0x80, 0x90], [0xC2, 0xAC]] where bytes.suffix(hyphen.count).elementsEqual(hyphen) {
            bytes.removeLast(hyphen.count)
            break
        }
        joins = true
    }

    /// Adds the place of a text that stands elsewhere.
    mutating func borrow(_ text: BorrowedText) {
        bytes.append(contentsOf: BorrowedText.mark.utf8)
        borrowed.append(text)
    }

    /// A mark that the document itself holds would pass for one of ours. Controls of ISO 8859-1 are Windows' signs, `&#150;` a dash.
    mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        var rest = text[...]
        if joins {
            rest = rest.drop { $0 <= 0x20 }
            joins = rest.isEmpty
        }
        guard let start = text.baseAddress, memchr(start, 0xEF, text.count) != nil || memchr(start, 0xC2, text.count) != nil else {
            return bytes.append(contentsOf: rest)
        }
        let mark: [UInt8] = [0xEF, 0xBF, 0xBC]
        while let first = rest.first {
            let second = rest.dropFirst().first ?? 0
            if first == 0xEF, rest.starts(with: mark) {
                rest = rest.dropFirst(3)
            } else if first == 0xC2, (0x80...0x9F).contains(second) {
                bytes.append(contentsOf: WindowsSigns.sign(second).utf8)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(first)
                rest = rest.dropFirst()
            }
        }
    }

    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    /// Forgets what was collected.
    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        borrowed = []
    }

    /// What stands in an element, folded, of it at most so many bytes; whatever was collected before is forgotten.
    mutating func words(of element: XMLElement, atMost limit: Int = .max) -> (words: String, borrowed: [BorrowedText]) {
        clear()
        joins = false
        add(element)
        var end = min(limit, bytes.count)
        // Not within a character.
        while end > 0, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return (FoldedBytes.string(bytes.prefix(end)), borrowed)
    }
}
