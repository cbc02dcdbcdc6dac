import Describing
import Documents
import Parsing

/// Describes a page image as it can be read, however it lies in its file.
struct PageDescribing {
    let parser: ContentParser

    /// `turn`: quarter turns clockwise after which the page can be read (`PageText.turn`). The regions are those of the page as its file
    /// has it.
    func describe(_ page: Int, of bytes: UnsafeBufferPointer<UInt8>, turn: Int) throws(ParsingFailure) -> ImageDescriptor {
        let bitmap = try parser.decodePage(page, of: bytes, longestSide: ImageDescriber.longestSide, turn: turn)
        var descriptor = ImageDescriber().describe(bitmap)
        descriptor.regions = descriptor.regions.map { $0.before(turn: turn) }
        return descriptor
    }
}
