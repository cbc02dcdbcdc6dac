public import Documents

/// Turns the bytes of one content into a document, or says why not.
///
/// Reads everything from memory: no file, no network, no process state. Meant for a worker process with limits, because
/// decoders in C read hostile bytes here.
public struct ContentParser: Sendable {
    private let limits: ParsingLimits

    public init(limits: ParsingLimits) {
        self.limits = limits
    }

    /// Reads a sheet, or describes the pages of an image and test-decodes every one, so that damage is found now.
    ///
    /// The bytes tell the kind; `name` only separates text formats that look alike. `encoding` is an IANA name for texts that do not say
    /// theirs by a byte order mark, or by an XML declaration or a `<meta>` of HTML that is true: it is then obeyed, and a text that does not decode with it
    /// fails. Without it the encoding is found from the bytes.
    public func parse(_ bytes: [UInt8], name: RawPath, encoding: String? = nil) throws(ParsingFailure) -> Document {
        try bytes.withUnsafeBufferPointer { lent throws(ParsingFailure) in try parse(lent, name: name, encoding: encoding) }
    }

    /// The same of bytes that somebody lends; nothing keeps the pointer.
    public func parse(_ bytes: UnsafeBufferPointer<UInt8>, name: RawPath, encoding: String? = nil) throws(ParsingFailure) -> Document {
        var reading = Reading()
        return try parse(bytes, name: name, encoding: encoding, hint: nil, &reading)
    }

    /// How `read` came to its result.
    public struct Reading: Sendable {
        public fileprivate(set) var reader = ContentReader.none
        /// What the bytes say about their encoding, where nothing else told it.
        public fileprivate(set) var evidence: EncodingEvidence?
    }

    /// What `parse` makes of the bytes or throws, and how. `hint` is the encoding that such a text has by its folder, tried before all others
    /// where only the likelihood of the bytes decides.
    public func read(
        _ bytes: UnsafeBufferPointer<UInt8>, name: RawPath, encoding: String? = nil, hint: EncodingHint? = nil
    ) -> (reading: Reading, result: Result<Document, ParsingFailure>) {
        var reading = Reading()
        let result = Result { () throws(ParsingFailure) in try parse(bytes, name: name, encoding: encoding, hint: hint, &reading) }
        return (reading, result)
    }

    private func parse(
        _ bytes: UnsafeBufferPointer<UInt8>, name: RawPath, encoding: String?, hint: EncodingHint?, _ reading: inout Reading
    ) throws(ParsingFailure) -> Document {
        switch try ContentKind.find(bytes) {
        case .tiff:
            reading.reader = .tiff
            return .images(try TIFFPictures(bytes: bytes, limits: limits).pages())
        case .jpeg:
            reading.reader = .jpeg
            return .images([try JPEGPicture(bytes: bytes, limits: limits).page()])
        case .png:
            reading.reader = .png
            return .images([try PNGPicture(bytes: bytes, limits: limits).page()])
        case .text:
            var parser = SheetParser(limits: limits, encoding: encoding, hint: hint)
            defer { (reading.reader, reading.evidence) = (parser.reader, parser.evidence) }
            return try parser.parse(bytes, fileExtension: FileExtension.lowercased(of: name))
        }
    }

    /// One page of an image, from 1, upright, reduced so that its longer side is at most `longestSide`; and then turned so many quarters
    /// clockwise, where its file does not know how it lies.
    public func decodePage(_ number: Int, of bytes: [UInt8], longestSide: Int, turn: Int = 0) throws(ParsingFailure) -> Bitmap {
        try bytes.withUnsafeBufferPointer { lent throws(ParsingFailure) in try decodePage(number, of: lent, longestSide: longestSide, turn: turn) }
    }

    /// The same of bytes that somebody lends; nothing keeps the pointer.
    public func decodePage(
        _ number: Int, of bytes: UnsafeBufferPointer<UInt8>, longestSide: Int, turn: Int = 0
    ) throws(ParsingFailure) -> Bitmap {
        try decode(number, of: bytes, longestSide: longestSide).upright(from: [1, 6, 3, 8][turn & 3])
    }

    private func decode(_ number: Int, of bytes: UnsafeBufferPointer<UInt8>, longestSide: Int) throws(ParsingFailure) -> Bitmap {
        let kind = try ContentKind.find(bytes)
        guard kind == .tiff || number == 1 || kind == .text else { throw ParsingFailure(.damaged, page: number, "the file has 1 page") }
        switch kind {
        case .tiff: return try TIFFPictures(bytes: bytes, limits: limits).bitmap(page: number, longestSide: longestSide)
        case .jpeg: return try JPEGPicture(bytes: bytes, limits: limits).bitmap(longestSide: longestSide)
        case .png: return try PNGPicture(bytes: bytes, limits: limits).bitmap(longestSide: longestSide)
        case .text: throw ParsingFailure(.unsupportedFormat, "the file is text, it has no pages to decode")
        }
    }
}
