import CTIFF
import Documents

/// The pages of a TIFF file in memory. Valid only while the bytes it was opened on are.
struct TIFFFile: ~Copyable {
    private let handle: OpaquePointer
    private let limits: ParsingLimits
    /// Directory numbers from 0 of the pages: thumbnails and masks are left out.
    private let directories: [UInt32]
    let pages: [PageImage]

    /// Opens the file and reads all its directories, no pixels.
    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: ParsingLimits) throws(ParsingFailure) {
        var opened: OpaquePointer?
        let code = shogo_tiff_open(bytes.baseAddress, bytes.count, &opened)
        guard let handle = opened else { throw ParsingFailure(.tooLarge, "no memory for the TIFF decoder") }
        do {
            try Self.check(code, handle)
            (directories, pages) = try Self.list(handle, limits: limits)
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
        let source = PixelSize(width: page.storedWidth, height: page.storedHeight)
        try limits.check(source, page: named)
        try Self.check(shogo_tiff_select(handle, directories[number - 1]), handle, page: named)
        var kind: CInt = 0
        try Self.check(shogo_tiff_begin(handle, &kind), handle, page: named)
        let target = source.fitting(longestSide: longestSide)
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
        shogo_tiff_defects(handle, &missing, &repaired)
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

    private static func list(
        _ handle: OpaquePointer, limits: ParsingLimits
    ) throws(ParsingFailure) -> (directories: [UInt32], pages: [PageImage]) {
        var found: [(directory: UInt32, secondary: Bool, info: shogo_tiff_page)] = []
        var pageCount = 0
        while true {
            var info = shogo_tiff_page()
            let number = pageCount + 1
            try check(shogo_tiff_describe(handle, &info), handle, page: found.isEmpty ? nil : number)
            if info.secondary == 0 { pageCount += 1 }
            found.append((UInt32(found.count), info.secondary != 0, info))
            // Thumbnails and masks stand beside pages: a few for each.
            guard pageCount <= limits.maxPages, found.count <= limits.maxPages * 8 + 8 else {
                throw ParsingFailure(.tooManyPages, "more than parse.maxPages, \(limits.maxPages)")
            }
            let code = shogo_tiff_next(handle)
            if Int(code) == SHOGO_TIFF_END { break }
            try check(code, handle, page: pageCount + 1)
        }
        // A file of nothing but a thumbnail shows that.
        if pageCount == 0, let first = found.first { found = [(first.directory, false, first.info)] }
        let kept = found.filter { !$0.secondary }
        return (kept.map(\.directory), kept.enumerated().map { index, page in describe(page.info, number: index + 1) })
    }

    private static func describe(_ info: shogo_tiff_page, number: Int) -> PageImage {
        PageImage(
            number: number, storedWidth: Int(info.width), storedHeight: Int(info.height), orientation: Int(info.orientation),
            encoding: TIFFEncodingName.words(info),
            dotsPerInch: info.dots_per_inch > 0 ? Int(info.dots_per_inch) : nil)
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
