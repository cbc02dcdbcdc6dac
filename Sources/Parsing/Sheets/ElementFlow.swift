/// What an element does to the words around it.
enum ElementFlow {
    /// Part of the running text: `<b>W</b>ord` is one word.
    case inline
    /// Parts words: `<entry>1</entry><entry>2</entry>` are two.
    case block
    /// Parts words within a sentence, which goes on behind it: a picture, the mark of a note.
    case apart
    /// Ends a line, and with it a word, unless it says `break="no"`.
    case lineBreak
    /// Inline where text stands beside it, else a block.
    case unknown
}
