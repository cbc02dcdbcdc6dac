public import Documents

/// Reads the text on the pixels of a page with Tesseract (LSTM engine), on the calling thread alone.
///
/// Make one per worker, before the worker is confined, and keep it: opening jpn+eng costs 0.3 s and 90 MB. What it reads depends on the
/// pixels and on `fingerprint` only, not on the pages before. Not Sendable: the engine has state.
public final class TextRecogniser {
    /// Lines below this confidence are dropped: dirt and parts of pictures taken for letters.
    public static let leastConfidence: Float = 0.4
    /// One reading of a page may take so long; a dense page of A4 takes 3 to 5.
    public static let secondsPerPage = 50

    /// Changes whenever the same pixels might give another text: the rules of this module, the engine, the language data in use.
    public let fingerprint: String

    #if OCR
        private let engine: Engine
        /// For pages that are written from top to bottom, which the data for lines across cannot read.
        private let verticalEngine: Engine?

        /// `languages` are names of Tesseract's data, the most frequent one first, such as `jpn` and `eng`. `dataFolder` holds their
        /// files; `nil` looks where the system keeps them. Where the folder has `<language>_vert` too, pages written from top to
        /// bottom are read with it. Throws `badLanguage`, `missingData` or `badData`.
        public init(languages: [String], dataFolder: String? = nil) throws(RecognitionError) {
            let data = try LanguageData(languages: languages, folder: dataFolder)
            engine = try Engine(data)
            verticalEngine = if let vertical = data.vertical { try Engine(vertical) } else { nil }
            let names = data.languages + (data.vertical?.languages ?? [])
            fingerprint = "ocr-1 tesseract-\(Engine.version) \(names.joined(separator: "+"))"
        }

        /// The lines of an upright page in reading order; none when nothing legible stands there.
        ///
        /// `dotsPerInch` is the resolution of these pixels, after any reduction, and helps to find the lines; `nil` has it guessed.
        /// A dense page of A4 costs 3 to 5 s at `PageScale`, an empty one 0.2 s; 12 bytes of memory a pixel, those of `page` included.
        /// Throws `tookTooLong` or `failed`.
        public func recognise(_ page: Bitmap, dotsPerInch: Int? = nil) throws(RecognitionError) -> PageText {
            let grey = page.luma()
            func read(_ engine: Engine) throws(RecognitionError) -> [Engine.Line] {
                try engine.read(grey, width: page.width, height: page.height, dotsPerInch: dotsPerInch, seconds: Self.secondsPerPage)
            }
            var lines = try read(engine)
            if let verticalEngine, lines.count(where: \.isVertical) * 2 > lines.count {
                let other = try read(verticalEngine)
                if Self.weight(other) > Self.weight(lines) { lines = other }
            }
            let sure = lines.filter { $0.confidence >= Self.leastConfidence }
            return PageText(source: .ocr, lines: sure.map { PageText.Line(text: $0.text, box: $0.box, confidence: $0.confidence) })
        }

        private static func weight(_ lines: [Engine.Line]) -> Float { lines.reduce(0) { $0 + $1.weight } }
    #else
        /// Always throws `notBuiltIn`: this build has no engine.
        public init(languages: [String], dataFolder: String? = nil) throws(RecognitionError) { throw .notBuiltIn }

        /// Never called: there is no recogniser to call it on.
        public func recognise(_ page: Bitmap, dotsPerInch: Int? = nil) throws(RecognitionError) -> PageText { throw .notBuiltIn }
    #endif
}
