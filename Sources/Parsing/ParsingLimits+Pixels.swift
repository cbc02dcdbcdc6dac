import Documents

extension ParsingLimits {
    /// Pixels of one side: decoders hold whole rows in memory, and scans of paper stay far below.
    private static let longestSide = 1_000_000

    /// Refuses a page of more than `maxPixels` pixels, or with a side of more than a million.
    func check(_ size: PixelSize, page: Int? = nil) throws(ParsingFailure) {
        let (pixels, overflow) = size.width.multipliedReportingOverflow(by: size.height)
        guard !overflow, pixels <= maxPixels else {
            throw ParsingFailure(
                .tooLarge, page: page, "\(size.width) x \(size.height) pixels are more than parse.maxPixels, \(maxPixels)")
        }
        guard max(size.width, size.height) <= Self.longestSide else {
            throw ParsingFailure(.tooLarge, page: page, "\(size.width) x \(size.height): a side has more than \(Self.longestSide) pixels")
        }
        guard pixels > 0 else { throw ParsingFailure(.damaged, page: page, "the picture has no pixels") }
    }
}
