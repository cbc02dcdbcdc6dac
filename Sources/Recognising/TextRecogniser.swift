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
            fingerprint = "ocr-3 tesseract-\(Engine.version) \(names.joined(separator: "+"))"
        }

        /// The lines of a page in reading order; none when nothing legible stands there.
        ///
        /// Light print on dark ground is inverted first. A page of one narrow column is enlarged and read as one block. Where the page gives little, it is read again with even contrast, as
        /// lines from top to bottom, and turned; what was read most surely is kept, with its turn and with boxes on `page` as it is.
        /// `dotsPerInch` is the resolution of these pixels, after any reduction, and helps to find the lines; `nil` has it guessed.
        /// A dense page of A4 costs 3 to 5 s at `PageScale`, an empty one 0.5 s, one that has to be turned up to six times as much as an
        /// upright one, but at most twice `secondsPerPage`; 16 bytes of memory a pixel, those of `page` included.
        /// Throws `tookTooLong` or `failed`.
        public func recognise(_ page: Bitmap, dotsPerInch: Int? = nil) throws(RecognitionError) -> PageText {
            var grey = GreyPage(page)
            if grey.isDark { grey = grey.inverted }
            let enlargement = LinePlace.enlargementOfColumn(
                try engine.findLines(of: grey, dotsPerInch: dotsPerInch), longestSide: max(grey.width, grey.height))
            let lines = if let enlargement {
                try engine.read(
                    grey.enlarged(by: enlargement).smoothed, .block, dotsPerInch: dotsPerInch.map { Int(Double($0) * enlargement) },
                    seconds: Self.secondsPerPage)
            } else {
                try engine.readLines(of: grey, seconds: Self.secondsPerPage)
            }
            var best = Attempt(lines: lines, turn: 0)
            do throws(RecognitionError) {
                try improve(&best, grey, isBlock: enlargement != nil, dotsPerInch)
            } catch .tookTooLong where !best.sureLines.isEmpty {
                // The best so far is kept.
            }
            let turn = best.turn
            return PageText(
                source: .ocr,
                lines: best.sureLines.map {
                    PageText.Line(text: $0.text, box: $0.box.before(turn: turn), confidence: $0.confidence)
                }, turn: turn == 0 ? nil : turn)
        }

        /// A turned page must be read so much more surely than the page as it is: digits and some letters can be read upside down.
        private static let turnedAdvantage: Float = 1.5

        /// Tries one way after the other, until one gives enough or time is up.
        private func improve(_ best: inout Attempt, _ upright: GreyPage, isBlock: Bool, _ dotsPerInch: Int?) throws(RecognitionError) {
            let clock = ContinuousClock()
            let end = clock.now + .seconds(Self.secondsPerPage)
            func read(
                _ page: GreyPage, _ turn: Int, down: Bool = false, _ layout: Engine.Layout = .page
            ) throws(RecognitionError) -> Attempt? {
                guard let engine = down ? verticalEngine : engine else { return nil }
                let seconds = Int((end - clock.now).components.seconds)
                guard seconds > 0 else { throw .tookTooLong(seconds: Self.secondsPerPage) }
                let lines = try engine.read(page, layout, dotsPerInch: dotsPerInch, seconds: seconds)
                return Attempt(lines: lines, turn: turn, isReadDown: down)
            }
            /// The better of `across` and, where its lines run down or none were found, the page read from top to bottom.
            func alsoDown(_ across: Attempt, _ page: GreyPage) throws(RecognitionError) -> Attempt {
                guard across.lines.isEmpty || across.isMostlyVertical,
                    let down = try read(page, across.turn, down: true, across.lines.isEmpty ? .verticalBlock : .page)
                else { return across }
                return down.weight > across.weight ? down : across
            }

            if isBlock, !best.isEnough, let asPage = try read(upright, 0), asPage.weight > best.weight { best = asPage }
            let hasLines = !best.lines.isEmpty
            best = try alsoDown(best, upright)
            if best.isEnough && !best.isAskew { return }
            var page = upright
            if !best.isEnough {
                let even = upright.withEvenContrast
                if let across = try read(even, 0) {
                    let attempt = try alsoDown(across, even)
                    if attempt.weight > best.weight { (best, page) = (attempt, even) }
                }
                if best.isEnough && !best.isAskew { return }
            }
            // Where nothing looks like a line this way, nothing does the other way.
            guard hasLines || !best.lines.isEmpty else { return }
            // The engine turns lines that run down by itself; then the right turn gives the same again.
            let least = best.weight * (best.isAskew ? 0.9 : Self.turnedAdvantage)
            for turn in [2, 1, 3] {
                let turned = page.turned(turn)
                guard let across = try read(turned, turn) else { return }
                let attempt = try alsoDown(across, turned)
                guard !attempt.isAskew, attempt.weight > least, attempt.weight > best.weight || best.turn == 0 else { continue }
                best = attempt
                if best.isEnough { return }
            }
        }
    #else
        /// Always throws `notBuiltIn`: this build has no engine.
        public init(languages: [String], dataFolder: String? = nil) throws(RecognitionError) { throw .notBuiltIn }

        /// Never called: there is no recogniser to call it on.
        public func recognise(_ page: Bitmap, dotsPerInch: Int? = nil) throws(RecognitionError) -> PageText { throw .notBuiltIn }
    #endif
}
