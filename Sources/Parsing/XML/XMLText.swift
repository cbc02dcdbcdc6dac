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

    /// Adds what stands in an element. Elements other than those of running text part words: `<b>W</b>ord` is one word,
    /// `<entry>1</entry><entry>2</entry>` are two.
    mutating func add(_ element: XMLElement) {
        let running = element.hasOwnText
        for child in element.children {
            if child.isText {
                append(child.textBytes)
            } else if skips(child.element, element) || child.element.isLineBreak {
                bytes.append(0x20)
            } else {
                if !running { bytes.append(0x20) }
                if let text = borrows(child.element) { borrow(text) } else { add(child.element) }
                if !running { bytes.append(0x20) }
            }
        }
    }

    /// Adds the place of a text that stands elsewhere.
    mutating func borrow(_ text: BorrowedText) {
        bytes.append(contentsOf: BorrowedText.mark.utf8)
        borrowed.append(text)
    }

    /// A mark that the document itself holds would pass for one of ours.
    private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        let mark: [UInt8] = [0xEF, 0xBF, 0xBC]
        guard let start = text.baseAddress, memchr(start, 0xEF, text.count) != nil else { return bytes.append(contentsOf: text) }
        var rest = text[...]
        while let first = rest.first {
            if rest.starts(with: mark) {
                rest = rest.dropFirst(3)
            } else {
                bytes.append(first)
                rest = rest.dropFirst()
            }
        }
    }

    /// What stands in an element, folded, of it at most so many bytes; whatever was collected before is forgotten.
    mutating func words(of element: XMLElement, atMost limit: Int = .max) -> (words: String, borrowed: [BorrowedText]) {
        bytes.removeAll(keepingCapacity: true)
        borrowed = []
        add(element)
        var end = min(limit, bytes.count)
        // Not within a character.
        while end > 0, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return (FoldedBytes.string(bytes.prefix(end)), borrowed)
    }
}
