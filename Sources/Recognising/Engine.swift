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
        enum Layout {
            /// Columns, blocks and lines, wherever they stand.
            case page
            /// One block of lines, across or from top to bottom.
            case block, verticalBlock
        }

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
            try set(page, layout, dotsPerInch)
            return try readLines(of: page, seconds: seconds)
        }

        private func set(_ page: GreyPage, _ layout: Layout, _ dotsPerInch: Int?) throws(RecognitionError) {
            // The engine keeps coordinates in 16 bits.
            guard max(page.width, page.height) < 32_767 else { throw .failed(width: page.width, height: page.height) }
            let layout = switch layout {
            case .page: SHOGO_TESSERACT_PAGE
            case .block: SHOGO_TESSERACT_BLOCK
            case .verticalBlock: SHOGO_TESSERACT_VERTICAL_BLOCK
            }
            shogo_tesseract_set(handle, page.values, Int32(page.width), Int32(page.height), Int32(clamping: dotsPerInch ?? 0), Int32(layout))
        }

        /// Where lines stand on the page, in pixels. Reading the page's lines afterwards goes on from there.
        func findLines(of page: GreyPage, dotsPerInch: Int?) throws(RecognitionError) -> [LinePlace] {
            try set(page, .page, dotsPerInch)
            let boxes = [shogo_tesseract_box](unsafeUninitializedCapacity: Self.mostPlaces) { room, count in
                count = Int(shogo_tesseract_find(handle, room.baseAddress, Int32(room.count)))
            }
            return boxes.map { LinePlace(left: Int($0.left), top: Int($0.top), right: Int($0.right), bottom: Int($0.bottom)) }
        }

        private static let mostPlaces = 1000

        /// Reads the page whose lines were found last.
        func readLines(of page: GreyPage, seconds: Int) throws(RecognitionError) -> [Line] {
            let (width, height) = (page.width, page.height)
            let status = shogo_tesseract_read(handle, Int32(clamping: seconds * 1000))
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
