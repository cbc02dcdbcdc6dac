public import Documents

#if OCR
    import CTesseract
#endif

/// Reads the text on the pixels of a page with Tesseract (LSTM engine), on the calling thread alone.
///
/// Make one per worker, before the worker is confined, and keep it: opening costs 0.1 to 0.3 s and each language some 15 MB. The
/// result of a page depends on its pixels and the languages only, not on the pages read before. Not Sendable: the engine has state.
public final class TextRecogniser {
    /// Lines below this confidence are dropped: marks of pictures and dirt read as letters.
    public static let leastConfidence: Float = 0.4
    /// Reading the lines of one page may take so long.
    public static let secondsPerPage = 60

    #if OCR
        private let engine: OpaquePointer
    #endif

    /// `languages` are names of Tesseract's data, the most frequent one first, such as `jpn` and `eng`. `dataFolder` holds their
    /// files; `nil` looks where the system keeps them. Throws `notBuiltIn`, `badLanguage`, `missingData` or `badData`.
    public init(languages: [String], dataFolder: String? = nil) throws(RecognitionError) {
        #if OCR
            let data = try LanguageData(languages: languages, folder: dataFolder)
            guard let engine = shogo_tesseract_open(data.folder, data.languages.joined(separator: "+")) else {
                throw .badData(languages: languages, folder: data.folder)
            }
            self.engine = engine
        #else
            throw .notBuiltIn
        #endif
    }

    #if OCR
        deinit { shogo_tesseract_close(engine) }

        /// The lines of an upright page in reading order; none when nothing legible stands there.
        ///
        /// `dotsPerInch` is the resolution of these pixels, after any reduction, and helps to find the lines; `nil` has it guessed.
        /// Costs 1 to 10 s and up to 300 MB for a full page at `PageScale`. Throws `tookTooLong` or `failed`.
        public func recognise(_ page: Bitmap, dotsPerInch: Int? = nil) throws(RecognitionError) -> PageText {
            // The engine keeps coordinates in 16 bits.
            guard max(page.width, page.height) < 32_767 else { throw .failed(width: page.width, height: page.height) }
            let status = shogo_tesseract_read(
                engine, page.luma(), Int32(page.width), Int32(page.height), Int32(clamping: max(0, dotsPerInch ?? 0)),
                Int32(Self.secondsPerPage * 1000))
            switch Int(status) {
            case SHOGO_TESSERACT_OK: break
            case SHOGO_TESSERACT_LATE: throw .tookTooLong(seconds: Self.secondsPerPage)
            default: throw .failed(width: page.width, height: page.height)
            }
            var lines: [PageText.Line] = []
            var found = shogo_tesseract_line()
            while shogo_tesseract_next(engine, &found) != 0 {
                let confidence = min(1, max(0, found.confidence / 100))
                guard confidence >= Self.leastConfidence, let text = LineText.cleaned(String(cString: found.text)) else { continue }
                let box = Box(
                    left: Self.place(found.left, of: page.width), top: Self.place(found.top, of: page.height),
                    right: Self.place(found.right, of: page.width), bottom: Self.place(found.bottom, of: page.height))
                lines.append(PageText.Line(text: text, box: box, confidence: confidence))
            }
            return PageText(source: .ocr, lines: lines)
        }

        /// Pixels to 1/65535 of a side.
        private static func place(_ pixel: Int32, of side: Int) -> UInt16 {
            UInt16((min(side, max(0, Int(pixel))) * 65_535 + side / 2) / side)
        }
    #else
        /// Never called: without the trait no recogniser comes to be.
        public func recognise(_ page: Bitmap, dotsPerInch: Int? = nil) throws(RecognitionError) -> PageText { throw .notBuiltIn }
    #endif
}
