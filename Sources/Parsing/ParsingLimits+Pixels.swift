import Documents

extension ParsingLimits {
    /// Refuses a page of more than `maxPixels` pixels.
    func check(_ size: PixelSize, page: Int? = nil) throws(ParsingFailure) {
        let (pixels, overflow) = size.width.multipliedReportingOverflow(by: size.height)
        guard !overflow, pixels <= maxPixels else {
            throw ParsingFailure(
                .tooLarge, page: page, "\(size.width) x \(size.height) pixels are more than parse.maxPixels, \(maxPixels)")
        }
        guard pixels > 0 else { throw ParsingFailure(.damaged, page: page, "the picture has no pixels") }
    }
}
