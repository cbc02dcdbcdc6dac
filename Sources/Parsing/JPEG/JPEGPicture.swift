import CJPEG
import Documents

/// The picture of a JPEG file; of a multi-picture file (MPO) the first.
struct JPEGPicture {
    let bytes: ContentBytes
    let limits: ParsingLimits

    /// Describes the picture and makes sure that its pixels decode.
    func page() throws(ParsingFailure) -> PageImage {
        let decoded = try decode(longestSide: 1)
        let header = decoded.header
        let format = JPEGSegments.isMultiPicture(bytes) ? "JPEG MPO" : "JPEG"
        return PageImage(
            number: 1, storedWidth: decoded.size.width, storedHeight: decoded.size.height, orientation: JPEGSegments.orientation(of: bytes),
            encoding: "\(format) \(header.progressive != 0 ? "progressive" : "baseline"), \(Self.colourName(header.colour))",
            dotsPerInch: header.dots_per_inch > 0 ? Int(max(header.dots_per_inch, UInt32(decoded.density.rounded()))) : nil, warning: decoded.warning)
    }

    /// The picture, upright, reduced so that its longer side is at most `longestSide`.
    func bitmap(longestSide: Int) throws(ParsingFailure) -> Bitmap {
        try decode(longestSide: longestSide).bitmap.upright(from: JPEGSegments.orientation(of: bytes))
    }

    private struct Decoded {
        var header: shogo_jpeg_header
        /// With square pixels, and how many make an inch.
        var size: PixelSize
        var density: Double
        var bitmap: Bitmap
        var warning: PageWarning?
    }

    /// A decoder's error, and how far it came.
    private struct Stop: Error {
        var failure: ParsingFailure
        var position: Int
    }

    private func decode(longestSide: Int) throws(ParsingFailure) -> Decoded {
        do {
            return try decode(bytes.count, longestSide: longestSide)
        } catch {
            // libjpeg gives up a file that ends within a table, but not one that ends before it; nor one whose scan is followed by nonsense
            // where that is cut off.
            switch error.failure.reason {
            case .truncated:
                guard let end = JPEGSegments.lastMarker(in: bytes) else { throw error.failure }
                do { return try decode(end, longestSide: longestSide) } catch { throw error.failure }
            case .damaged where error.position > 2 && error.position < bytes.count:
                guard var decoded = try? decode(error.position, longestSide: longestSide) else { throw error.failure }
                decoded.warning = PageWarning(.damaged, "the picture ends at damaged data, \(error.position) bytes into the file")
                return decoded
            default: throw error.failure
            }
        }
    }

    /// Decodes the first `count` bytes.
    private func decode(_ count: Int, longestSide: Int) throws(Stop) -> Decoded {
        guard let handle = shogo_jpeg_create() else { throw Stop(failure: ParsingFailure(.tooLarge, "no memory for the JPEG decoder"), position: 0) }
        defer { shogo_jpeg_destroy(handle) }
        do throws(ParsingFailure) {
            return try decode(handle, count, longestSide: longestSide)
        } catch {
            throw Stop(failure: error, position: shogo_jpeg_position(handle))
        }
    }

    private func decode(_ handle: OpaquePointer, _ count: Int, longestSide: Int) throws(ParsingFailure) -> Decoded {
        var header = shogo_jpeg_header()
        try Self.check(shogo_jpeg_read_header(handle, bytes.baseAddress, count, &header), handle)
        let stored = PixelSize(width: Int(header.width), height: Int(header.height))
        try limits.check(stored)
        let (size, density) = density(header).square(stored, within: limits)
        var target = size.fitting(longestSide: longestSide)
        let eighths = Self.eighths(of: stored, size == stored ? nil : target, longestSide: longestSide)
        var width: UInt32 = 0
        var height: UInt32 = 0
        var channels: CInt = 0
        try Self.check(shogo_jpeg_start(handle, CInt(eighths), &width, &height, &channels), handle)
        let source = PixelSize(width: Int(width), height: Int(height))
        if size == stored { target = PixelSize(width: min(target.width, source.width), height: min(target.height, source.height)) }
        let layout: RowLayout = channels == 1 ? .grey : .rgb
        let bitmap = try RowReducer.reduce(source: source, target: target, layout: layout) { rows, limit throws(ParsingFailure) in
            var count: UInt32 = 0
            try Self.check(shogo_jpeg_rows(handle, rows, limit, &count), handle)
            return Int(count)
        }
        return Decoded(header: header, size: size, density: density, bitmap: bitmap, warning: warning(handle))
    }

    /// libjpeg reduces for free while it decodes, in eighths; the rest is ours. `target` is given where pixels are not square.
    private static func eighths(of stored: PixelSize, _ target: PixelSize?, longestSide: Int) -> Int {
        func reduced(_ side: Int, _ eighths: Int) -> Int { (side * eighths + 7) / 8 }
        let longer = max(stored.width, stored.height)
        return (1...8).first { eighths in
            guard let target else { return reduced(longer, eighths) >= longestSide }
            return reduced(stored.width, eighths) >= target.width && reduced(stored.height, eighths) >= target.height
        } ?? 8
    }

    /// JFIF's resolution, or where it states none that of EXIF. (Of a relation without a unit programs disagree which way it is meant.)
    private func density(_ header: shogo_jpeg_header) -> PixelDensity {
        guard header.dots_per_inch == 0 else { return PixelDensity(across: Double(header.dots_per_inch), down: Double(header.dots_per_inch_down)) }
        return JPEGSegments.density(of: bytes) ?? PixelDensity(across: 0, down: 0)
    }

    private func warning(_ handle: OpaquePointer) -> PageWarning? {
        if shogo_jpeg_ended_early(handle) != 0 { return PageWarning(.truncated, "the file ends before the end of the picture") }
        var total: UInt32 = 0
        let damaged = shogo_jpeg_damaged_rows(handle, &total)
        guard damaged > 0 else { return nil }
        return PageWarning(.damaged, "\(damaged) of \(total) rows of blocks are damaged (\(String(cString: shogo_jpeg_message(handle))))")
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
