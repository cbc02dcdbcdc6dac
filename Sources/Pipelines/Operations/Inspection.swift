import Describing
public import Documents
import Parsing
import Recognising
import Storage
public import SystemPackage

/// `shogo inspect`: what Shogo makes of one file, in the archive or not; needs no workspace.
public struct Inspection: Encodable, Sendable {
    /// One page of an image file.
    public struct Page: Encodable, Sendable {
        public var number: Int
        /// Upright pixels.
        public var width: Int, height: Int
        public var orientation: Int
        public var encoding: String
        /// What the file claims; `null` for nothing.
        public var dotsPerInch: Int?
        /// What is wrong with the page although it is kept.
        public var warning: PageWarning?
        /// Boxes of the regions that are described, in 1/65535 of the upright page.
        public var regions: [Box]
        /// The text that was recognised; `null` for a photograph, or where this build or machine cannot read.
        public var text: PageText?
    }

    /// What is wrong with the file.
    public struct Failure: Encodable, Sendable {
        public var reason: ReasonCode
        public var page: Int?
        public var message: String, advice: String
    }

    public var file: String
    public var digest: String
    public var bytes: Int
    /// Exactly one of these four is there.
    public var sheet: Sheet?
    public var companion: Companion?
    public var pages: [Page]?
    public var failure: Failure?
    /// Terms of the sheet that learning works with; the first character tells the field.
    public var terms: [String]?

    /// Why no text was recognised, where that was tried.
    public var remark: String?
    private var content: [UInt8]

    private enum CodingKeys: String, CodingKey {
        case file, digest, bytes, sheet, companion, pages, failure, terms, remark
    }

    /// Reads and describes the file under the default limits; a file that cannot be parsed is a result, not an error.
    ///
    /// `encoding` names the encoding of a text that does not say its own; `languages` are those of the texts on pages, none for no reading.
    public init(_ path: FilePath, encoding: String? = nil, languages: [String] = Configuration.defaultLanguages) throws {
        content = try NamedFile.read(path, as: "the file")
        file = path.raw.display
        digest = ContentDigest.sha256(of: content).hex
        bytes = content.count
        let parser = ContentParser(limits: ParsingLimits())
        do throws(ParsingFailure) {
            switch try parser.parse(content, name: path.raw.name, encoding: encoding) {
            case .sheet(let read):
                sheet = read
                terms = SheetDescriber().describe(read).terms
            case .companion(let read): companion = read
            case .images(let found): pages = try describe(found, parser, languages)
            }
        } catch {
            failure = Failure(reason: error.reason, page: error.page, message: error.message, advice: error.reason.advice)
        }
    }

    private mutating func describe(_ found: [PageImage], _ parser: ContentParser, _ languages: [String]) throws(ParsingFailure) -> [Page] {
        var reading: PageReading?
        if !languages.isEmpty {
            do throws(RecognitionError) {
                reading = PageReading(parser: parser, recogniser: try TextRecogniser(languages: languages))
            } catch {
                remark = "no text was recognised: \(error)"
            }
        }
        var described: [Page] = []
        for page in found {
            var text: PageText?
            do {
                text = try reading?.read(page, of: LentContent(content))
            } catch let error as ParsingFailure {
                throw error
            } catch {
                remark = "page \(page.number): \(error)"
            }
            let descriptor = try content.withUnsafeBufferPointer { [turn = text?.turn ?? 0] lent throws(ParsingFailure) in
                try PageDescribing(parser: parser).describe(page.number, of: lent, turn: turn)
            }
            described.append(
                Page(
                    number: page.number, width: page.uprightWidth, height: page.uprightHeight, orientation: page.orientation,
                    encoding: page.encoding, dotsPerInch: page.dotsPerInch, warning: page.warning, regions: descriptor.regions, text: text))
        }
        return described
    }

    /// Writes one page with its regions (red, numbered) and lines of text (blue) as a PNG file.
    public func draw(page number: Int, to output: FilePath) throws {
        guard let page = (pages ?? []).first(where: { $0.number == number }) else {
            throw ShogoError(.usage, pages == nil ? "\(file) is no image; only pages can be drawn" : "\(file) has no page \(number)")
        }
        let bitmap = try ContentParser(limits: ParsingLimits()).decodePage(number, of: content, longestSide: PageDrawing.longestSide)
        guard let png = PNGEncoder.encode(PageDrawing(bitmap, regions: page.regions, text: page.text).bitmap) else {
            throw ShogoError(.failed, "no memory for the drawing")
        }
        try AtomicFile.write(png, to: output)
    }
}
