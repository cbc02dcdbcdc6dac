import CJPEG
import Documents

/// The one picture of a JPEG file.
struct JPEGPicture {
    let bytes: [UInt8]
    let limits: ParsingLimits

    /// Describes the picture and makes sure that its pixels decode.
    func page() throws(ParsingFailure) -> PageImage {
        var header = shogo_jpeg_header()
        let orientation = ExifOrientation.read(jpeg: bytes)
        _ = try decode(longestSide: 1, header: &header)
        return PageImage(
            number: 1, storedWidth: Int(header.width), storedHeight: Int(header.height), orientation: orientation,
            encoding: "JPEG \(header.progressive != 0 ? "progressive" : "baseline"), \(Self.colourName(header.colour))")
    }

    /// The picture, upright, reduced so that its longer side is at most `longestSide`.
    func bitmap(longestSide: Int) throws(ParsingFailure) -> Bitmap {
        var header = shogo_jpeg_header()
        return try decode(longestSide: longestSide, header: &header).upright(from: ExifOrientation.read(jpeg: bytes))
    }

    private func decode(longestSide: Int, header: inout shogo_jpeg_header) throws(ParsingFailure) -> Bitmap {
        guard let handle = shogo_jpeg_create() else { throw ParsingFailure(.tooLarge, "no memory for the JPEG decoder") }
        defer { shogo_jpeg_destroy(handle) }
        return try bytes.withUnsafeBufferPointer { buffer throws(ParsingFailure) in
            try Self.check(shogo_jpeg_read_header(handle, buffer.baseAddress, buffer.count, &header), handle)
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
            return try RowReducer.reduce(source: source, target: target, layout: channels == 1 ? .grey : .rgb) { rows, limit throws(ParsingFailure) in
                var count: UInt32 = 0
                try Self.check(shogo_jpeg_rows(handle, rows, limit, &count), handle)
                return Int(count)
            }
        }
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
