import Documents
import Parsing
import Recognising

/// Reads the text of a page image, where it looks as if there were any.
struct PageReading {
    let parser: ContentParser
    let recogniser: TextRecogniser

    /// The lines of the page; `nil` for a photograph. Throws a `ParsingFailure` or a `RecognitionError`.
    func read(_ page: PageImage, of content: LentContent) throws -> PageText? {
        func decode(_ longestSide: Int) throws(ParsingFailure) -> Bitmap {
            try content.withBytes { lent throws(ParsingFailure) in try parser.decodePage(page.number, of: lent, longestSide: longestSide) }
        }
        let small = try decode(TextLikeness.longestSide)
        guard TextLikeness(of: small).isTextLike else { return nil }
        let side = PageScale.longestSide(width: page.uprightWidth, height: page.uprightHeight, storedDotsPerInch: page.dotsPerInch)
        return try recogniser.recognise(decode(side))
    }
}
