import CJPEG
import Documents

/// The picture of a JPEG file; of a multi-picture file (MPO) the first.
struct JPEGPicture {
    let bytes: ContentBytes
    let limits: ParsingLimits

    /// Describes the picture and makes sure that its pixels decode.
    func page() throws(ParsingFailure) -> PageImage {
        let (header, _, warning) = try decode(longestSide: 1)
        let format = JPEGSegments.isMultiPicture(bytes) ? "JPEG MPO" : "JPEG"
        return PageImage(
            number: 1, storedWidth: Int(header.width), storedHeight: Int(header.height), orientation: ExifOrientation.read(jpeg: bytes),
            encoding: "\(format) \(header.progressive != 0 ? "progressive" : "baseline"), \(Self.colourName(header.colour))",
            dotsPerInch: header.dots_per_inch > 0 ? Int(header.dots_per_inch) : nil, warning: warning)
    }

    /// The picture, upright, reduced so that its longer side is at most `longestSide`.
    func bitmap(longestSide: Int) throws(ParsingFailure) -> Bitmap {
        try decode(longestSide: longestSide).bitmap.upright(from: ExifOrientation.read(jpeg: bytes))
    }

    private typealias Decoded = (header: shogo_jpeg_header, bitmap: Bitmap, warning: PageWarning?)

    private func decode(longestSide: Int) throws(ParsingFailure) -> Decoded {
        do {
            return try decode(bytes.count, longestSide: longestSide)
        } catch {
            // libjpeg gives up a file that ends within a table, but not one that ends before it.
            guard error.reason == .truncated, let end = JPEGSegments.lastMarker(in: bytes) else { throw error }
            return try decode(end, longestSide: longestSide)
        }
    }

    /// Decodes the first `count` bytes.
    private func decode(_ count: Int, longestSide: Int) throws(ParsingFailure) -> Decoded {
        guard let handle = shogo_jpeg_create() else { throw ParsingFailure(.tooLarge, "no memory for the JPEG decoder") }
        defer { shogo_jpeg_destroy(handle) }
        var header = shogo_jpeg_header()
        try Self.check(shogo_jpeg_read_header(handle, bytes.baseAddress, count, &header), handle)
        let stored = PixelSize(width: Int(header.width), height: Int(header.height))
        try limits.check(stored)
        // libjpeg reduces for free while it decodes, in eighths; the rest is ours.
        let longer = max(stored.width, stored.height)
        let eighths = (1...8).first { (longer * $0 + 7) / 8 >= longestSide } ?? 8
        var width: UInt32 = 0
        var height: UInt32 = 0
        var channels: CInt = 0
        try Self.check(shogo_jpeg_start(handle, CInt(eighths), &width, &height, &channels), handle)
        let source = PixelSize(width: Int(width), height: Int(height))
        var target = stored.fitting(longestSide: longestSide)
        target = PixelSize(width: min(target.width, source.width), height: min(target.height, source.height))
        let layout: RowLayout = channels == 1 ? .grey : .rgb
        let bitmap = try RowReducer.reduce(source: source, target: target, layout: layout) { rows, limit throws(ParsingFailure) in
            var count: UInt32 = 0
            try Self.check(shogo_jpeg_rows(handle, rows, limit, &count), handle)
            return Int(count)
        }
        let warning = PageWarning(.truncated, "the file ends before the end of the picture")
        return (header, bitmap, shogo_jpeg_ended_early(handle) != 0 ? warning : nil)
    }

    private static func check(_ code: CInt, _ handle: OpaquePointer) throws(ParsingFailure) {
        let reason: ReasonCode
        switch Int(code) {
        case SHOGO_JPEG_OK: return
        case SHOGO_JPEG_TRUNCATED: reason = .truncated
        case SHOGO_JPEG_UNSUPPORTED: reason = .unsupportedVariant
        case SHOGO_JPEG_TOO_LARGE: reason = .tooLarge
        default: reason = .damaged
        }
        throw ParsingFailure(reason, "JPEG: \(String(cString: shogo_jpeg_message(handle)))")
    }

    private static func colourName(_ colour: CInt) -> String {
        switch Int(colour) {
        case SHOGO_JPEG_GREY: "grey 8 bit"
        case SHOGO_JPEG_YCC: "YCbCr 8 bit"
        case SHOGO_JPEG_RGB: "RGB 8 bit"
        case SHOGO_JPEG_CMYK: "CMYK 8 bit"
        default: "YCCK 8 bit"
        }
    }
}
