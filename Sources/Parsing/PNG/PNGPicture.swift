import CPNG
import Documents

/// The one picture of a PNG file.
struct PNGPicture {
    let bytes: ContentBytes
    let limits: ParsingLimits

    /// Describes the picture and makes sure that its pixels decode.
    func page() throws(ParsingFailure) -> PageImage {
        try decode(longestSide: 1).page
    }

    /// The picture over white, upright, reduced so that its longer side is at most `longestSide`.
    func bitmap(longestSide: Int) throws(ParsingFailure) -> Bitmap {
        let (page, bitmap) = try decode(longestSide: longestSide)
        return bitmap.upright(from: page.orientation)
    }

    private func decode(longestSide: Int) throws(ParsingFailure) -> (page: PageImage, bitmap: Bitmap) {
        // Xcode's own form of PNG for iPhones: another compression, and blue before red.
        if bytes.count >= 16, bytes[12..<16].elementsEqual("CgBI".utf8) {
            throw ParsingFailure(.unsupportedVariant, "the file is an Apple PNG (CgBI)")
        }
        guard let handle = shogo_png_create() else { throw ParsingFailure(.tooLarge, "no memory for the PNG decoder") }
        defer { shogo_png_destroy(handle) }
        var header = shogo_png_header()
        try Self.check(shogo_png_read_header(handle, bytes.baseAddress, bytes.count, &header), handle)
        let source = PixelSize(width: Int(header.width), height: Int(header.height))
        try limits.check(source)
        // The block that libpng has stands before the pixels. A block goes before what texts say.
        let exif = ExifBlock(UnsafeBufferPointer(start: header.exif, count: header.exif_count))
        let (square, density) = PixelDensity(across: Double(header.across), down: Double(header.down)).square(source, within: limits)
        let scale = header.across > 0 ? density / Double(header.across) : 1
        var page = PageImage(
            number: 1, storedWidth: square.width, storedHeight: square.height,
            orientation: exif?.orientation ?? PNGTexts.orientation(of: bytes) ?? 1, encoding: Self.name(of: header),
            dotsPerInch: header.dots_per_inch > 0 ? Int((Double(header.dots_per_inch) * scale).rounded()) : nil)
        var channels: CInt = 0
        try Self.check(shogo_png_start(handle, &channels), handle)
        let target = square.fitting(longestSide: longestSide)
        let bitmap = try RowReducer.reduce(source: source, target: target, layout: channels == 1 ? .grey : .rgb) {
            rows, limit throws(ParsingFailure) in
            var count: UInt32 = 0
            try Self.check(shogo_png_rows(handle, rows, limit, &count), handle)
            return Int(count)
        }
        let missing = shogo_png_missing(handle)
        if shogo_png_damaged(handle) != 0 {
            let reason = String(cString: shogo_png_message(handle))
            page.warning = PageWarning(.damaged, missing > 0 ? "\(missing) of \(source.height) rows lie behind damaged data (\(reason))" : "the data are damaged (\(reason))")
        } else if missing > 0 {
            page.warning = PageWarning(.truncated, "\(missing) of \(source.height) rows are missing")
        }
        return (page, bitmap)
    }

    private static func check(_ code: CInt, _ handle: OpaquePointer) throws(ParsingFailure) {
        let reason: ReasonCode
        switch Int(code) {
        case SHOGO_PNG_OK: return
        case SHOGO_PNG_TRUNCATED: reason = .truncated
        case SHOGO_PNG_TOO_LARGE: reason = .tooLarge
        default: reason = .damaged
        }
        throw ParsingFailure(reason, "PNG: \(String(cString: shogo_png_message(handle)))")
    }

    private static func name(of header: shogo_png_header) -> String {
        let colour =
            switch header.colour {
            case 0: "grey"
            case 2: "RGB"
            case 3: "palette"
            case 4: "grey with alpha"
            default: "RGB with alpha"
            }
        return "PNG \(colour) \(header.bits) bit\(header.interlaced != 0 ? ", interlaced" : "")"
    }
}
