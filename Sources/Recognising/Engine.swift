#if OCR
    import CTesseract
    import Documents

    /// One Tesseract with its languages: pixels in, raw lines out.
    final class Engine {
        /// A line as the engine tells it.
        struct Line {
            var text: String
            var box: Box
            /// 0 to 1.
            var confidence: Float
            /// Written from top to bottom.
            var isVertical: Bool

            /// Letters and digits.
            var legible: Int { text.unicodeScalars.count { $0.properties.isAlphabetic || $0.properties.numericType != nil } }
        }

        /// How the lines are looked for.
        enum Layout { case page, verticalBlock }

        static var version: String { String(cString: shogo_tesseract_version()) }

        private let handle: OpaquePointer

        init(_ data: LanguageData) throws(RecognitionError) {
            guard let handle = shogo_tesseract_open(data.folder, data.languages.joined(separator: "+")) else {
                throw .badData(languages: data.languages, folder: data.folder)
            }
            self.handle = handle
        }

        deinit { shogo_tesseract_close(handle) }

        /// The lines with something legible, in reading order.
        func read(_ page: GreyPage, _ layout: Layout = .page, dotsPerInch: Int?, seconds: Int) throws(RecognitionError) -> [Line] {
            let (width, height) = (page.width, page.height)
            // The engine keeps coordinates in 16 bits.
            guard max(width, height) < 32_767 else { throw .failed(width: width, height: height) }
            let status = shogo_tesseract_read(
                handle, page.values, Int32(width), Int32(height), Int32(clamping: dotsPerInch ?? 0),
                Int32(layout == .page ? SHOGO_TESSERACT_PAGE : SHOGO_TESSERACT_VERTICAL_BLOCK), Int32(clamping: seconds * 1000))
            switch Int(status) {
            case SHOGO_TESSERACT_OK: break
            case SHOGO_TESSERACT_LATE: throw .tookTooLong(seconds: seconds)
            default: throw .failed(width: width, height: height)
            }
            var lines: [Line] = []
            var found = shogo_tesseract_line()
            while shogo_tesseract_next(handle, &found) != 0 {
                guard let text = LineText.cleaned(String(cString: found.text)) else { continue }
                let box = Box(
                    left: Self.place(found.left, of: width), top: Self.place(found.top, of: height),
                    right: Self.place(found.right, of: width), bottom: Self.place(found.bottom, of: height))
                lines.append(
                    Line(text: text, box: box, confidence: min(1, max(0, found.confidence / 100)), isVertical: found.is_vertical != 0))
            }
            return lines
        }

        /// Pixels to 1/65535 of a side.
        private static func place(_ pixel: Int32, of side: Int) -> UInt16 {
            UInt16((min(side, max(0, Int(pixel))) * 65_535 + side / 2) / side)
        }
    }
#endif
