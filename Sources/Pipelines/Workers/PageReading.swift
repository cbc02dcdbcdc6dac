import Documents
import Parsing
import Recognising

/// Reads the text of a page image, where it looks as if there were any.
struct PageReading {
    let parser: ContentParser
    let recogniser: TextRecogniser

    /// The lines of the page; `nil` for a photograph. Throws a `ParsingFailure` or a `RecognitionError`.
    func read(_ page: PageImage, of bytes: [UInt8]) throws -> PageText? {
        let small = try parser.decodePage(page.number, of: bytes, longestSide: TextLikeness.longestSide)
        guard TextLikeness(of: small).isTextLike else { return nil }
        let side = PageScale.longestSide(width: page.uprightWidth, height: page.uprightHeight, storedDotsPerInch: nil)
        return try recogniser.recognise(parser.decodePage(page.number, of: bytes, longestSide: side))
    }
}
