/// What a content may cost before Shogo refuses it.
public struct ParsingLimits: Equatable, Sendable, Codable {
    /// Pixels of one page, as stored. Checked before anything is allocated.
    public var maxPixels = 500_000_000
    /// Pages of one file.
    public var maxPages = 2_000
    /// Bytes of one text or XML file, and of the text that its entities expand to.
    public var maxTextBytes = 64 << 20
    /// Elements inside elements. Where a document declares entities, libxml2 itself stops at 256; elsewhere 1,000 is the most.
    public var maxDepth = 256

    public init() {}
}
