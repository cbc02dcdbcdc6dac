import CTIFF
import Documents

/// The pages of a TIFF file in memory. Valid only while the bytes it was opened on are.
struct TIFFFile: ~Copyable {
    private let handle: OpaquePointer
    private let limits: ParsingLimits
    /// Directory numbers from 0 of the pages: thumbnails and masks are left out.
    private let directories: [UInt32]
    /// Of the stored pixels, which need not be square.
    private let sizes: [PixelSize]
    let pages: [PageImage]

    /// Opens the file and reads all its directories, no pixels.
    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: ParsingLimits) throws(ParsingFailure) {
        if let camera = CameraRaw.name(of: bytes) { throw ParsingFailure(.unsupportedVariant, "the file is \(camera)") }
        var opened: OpaquePointer?
        let code = shogo_tiff_open(bytes.baseAddress, bytes.count, &opened)
        guard let handle = opened else { throw ParsingFailure(.tooLarge, "no memory for the TIFF decoder") }
        do {
            try Self.check(code, handle)
            let found = try Self.list(handle, bytes, limits: limits)
            directories = found.map(\.directory)
            sizes = found.map { PixelSize(width: Int($0.info.width), height: Int($0.info.height)) }
            pages = found.enumerated().map { index, page in Self.describe(page, number: index + 1, limits) }
        } catch {
            shogo_tiff_close(handle)
            throw error
        }
        self.handle = handle
        self.limits = limits
    }

    deinit { shogo_tiff_close(handle) }

    /// The page, upright, reduced so that its longer side is at most `longestSide`, and what was wrong with it.
    func decode(page number: Int, longestSide: Int) throws(ParsingFailure) -> (bitmap: Bitmap, warning: PageWarning?) {
        let named = pages.count > 1 ? number : nil
        guard pages.indices.contains(number - 1) else {
            throw ParsingFailure(.damaged, page: number, "the file has \(pages.count) pages")
        }
        let page = pages[number - 1]
        let handle = handle
        let source = sizes[number - 1]
        try limits.check(source, page: named)
        try Self.check(shogo_tiff_select(handle, directories[number - 1]), handle, page: named)
        var kind: CInt = 0
        try Self.check(shogo_tiff_begin(handle, &kind), handle, page: named)
        let target = PixelSize(width: page.storedWidth, height: page.storedHeight).fitting(longestSide: longestSide)
        let bitmap = try RowReducer.reduce(source: source, target: target, layout: Self.layout(kind)) { rows, limit throws(ParsingFailure) in
            var count: UInt32 = 0
            try Self.check(shogo_tiff_rows(handle, rows, limit, &count), handle, page: named)
            return Int(count)
        }
        return (bitmap.upright(from: page.orientation), warning(height: source.height))
    }

    private func warning(height: Int) -> PageWarning? {
        var missing: UInt32 = 0
        var repaired: UInt32 = 0
        var broken: CInt = 0
        shogo_tiff_defects(handle, &missing, &broken, &repaired)
        if broken != 0 { return PageWarning(.damaged, "the last \(missing) of \(height) rows lie behind damaged data") }
        if missing > 0 { return PageWarning(.truncated, "the last \(missing) of \(height) rows are missing") }
        if repaired > 0 { return PageWarning(.damaged, "\(repaired) of \(height) rows are damaged") }
        return nil
    }

    private static func layout(_ kind: CInt) -> RowLayout {
        switch Int(kind) {
        case SHOGO_TIFF_BITS: .bits
        case SHOGO_TIFF_GREY: .grey
        default: .rgb
        }
    }

    private struct Found {
        var directory: UInt32
        var info: shogo_tiff_page
        /// In the EXIF directory or the XMP packet of a page whose own directory states none, as some editors leave it.
        var orientation: Int?

        /// Whether this is a smaller picture of what `other` shows, going by the sizes.
        func isReduced(from other: Found) -> Bool {
            let (own, whole) = (info, other.info)
            return UInt64(own.width) * 4 <= UInt64(whole.width) * 3 && UInt64(own.height) * 4 <= UInt64(whole.height) * 3
        }
    }

    /// The pages: all that are not marked as thumbnails or masks.
    private static func list(_ handle: OpaquePointer, _ bytes: ContentBytes, limits: ParsingLimits) throws(ParsingFailure) -> [Found] {
        var found: [Found] = []
        var pageCount = 0
        while true {
            var info = shogo_tiff_page()
            let number = pageCount + 1
            try check(shogo_tiff_describe(handle, &info), handle, page: found.isEmpty ? nil : number)
            if info.secondary == 0 { pageCount += 1 }
            found.append(Found(directory: UInt32(found.count), info: info, orientation: orientation(info, bytes, isFirst: found.isEmpty)))
            // Thumbnails and masks stand beside pages: a few for each.
            guard pageCount <= limits.maxPages, found.count <= limits.maxPages * 8 + 8 else { throw tooMany(limits) }
            let code = shogo_tiff_next(handle)
            if Int(code) == SHOGO_TIFF_END { break }
            try check(code, handle, page: pageCount + 1)
        }
        guard pageCount == 0 else { return found.filter { $0.info.secondary == 0 } }
        // Some writers mark every page as a thumbnail: then those are pages that are none of the largest. A file of masks shows its first.
        let reduced = found.filter { $0.info.secondary == 1 }
        let largest = reduced.max { UInt64($0.info.width) * UInt64($0.info.height) < UInt64($1.info.width) * UInt64($1.info.height) }
        guard let largest else { return Array(found.prefix(1)) }
        let pages = reduced.filter { !$0.isReduced(from: largest) }
        guard pages.count <= limits.maxPages else { throw tooMany(limits) }
        return pages
    }

    private static func tooMany(_ limits: ParsingLimits) -> ParsingFailure {
        ParsingFailure(.tooManyPages, "more than parse.maxPages, \(limits.maxPages)")
    }

    /// An XMP packet is one of the file, and stands in its first directory.
    private static func orientation(_ info: shogo_tiff_page, _ bytes: ContentBytes, isFirst: Bool) -> Int? {
        guard info.directory > 0 else { return nil }
        if let place = Int(exactly: info.directory), let found = ExifBlock(bytes, directory: place)?.orientation { return found }
        guard isFirst else { return nil }
        return info.xmp.flatMap { XMPOrientation.read(UnsafeBufferPointer(start: $0, count: Int(info.xmp_count))) }
    }

    private static func describe(_ page: Found, number: Int, _ limits: ParsingLimits) -> PageImage {
        let info = page.info
        let stored = PixelSize(width: Int(info.width), height: Int(info.height))
        let (size, density) = PixelDensity(across: Double(info.across), down: Double(info.down)).square(stored, within: limits)
        // The claim counts dots across: of square pixels there are as many in the finer direction.
        let scale = info.across > 0 ? density / Double(info.across) : 1
        return PageImage(
            number: number, storedWidth: size.width, storedHeight: size.height, orientation: page.orientation ?? Int(info.orientation),
            encoding: TIFFEncodingName.words(info),
            dotsPerInch: info.dots_per_inch > 0 ? Int((Double(info.dots_per_inch) * scale).rounded()) : nil)
    }

    private static func check(_ code: CInt, _ handle: OpaquePointer, page: Int? = nil) throws(ParsingFailure) {
        let reason: ReasonCode
        switch Int(code) {
        case SHOGO_TIFF_OK: return
        case SHOGO_TIFF_TRUNCATED: reason = .truncated
        case SHOGO_TIFF_UNSUPPORTED: reason = .unsupportedVariant
        case SHOGO_TIFF_TOO_LARGE: reason = .tooLarge
        default: reason = .damaged
        }
        throw ParsingFailure(reason, page: page, "TIFF: \(String(cString: shogo_tiff_message(handle)))")
    }
}
