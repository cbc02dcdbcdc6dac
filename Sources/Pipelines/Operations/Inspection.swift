import Describing
public import Documents
import Parsing
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
        /// Boxes of the regions that are described, in 1/65535 of the upright page.
        public var regions: [Box]
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

    /// Reads and describes the file under the default limits; a file that cannot be parsed is a result, not an error.
    public init(_ path: FilePath) throws {
        let content = try NamedFile.read(path, as: "the file")
        file = path.raw.display
        digest = ContentDigest.sha256(of: content).hex
        bytes = content.count
        let parser = ContentParser(limits: ParsingLimits())
        do throws(ParsingFailure) {
            switch try parser.parse(content, name: path.raw.name) {
            case .sheet(let read):
                sheet = read
                terms = SheetDescriber().describe(read).terms
            case .companion(let read): companion = read
            case .images(let found):
                var described: [Page] = []
                for page in found {
                    let bitmap = try parser.decodePage(page.number, of: content, longestSide: ImageDescriber.longestSide)
                    described.append(
                        Page(
                            number: page.number, width: page.uprightWidth, height: page.uprightHeight, orientation: page.orientation,
                            encoding: page.encoding, regions: ImageDescriber().describe(bitmap).regions))
                }
                pages = described
            }
        } catch {
            failure = Failure(reason: error.reason, page: error.page, message: error.message, advice: error.reason.advice)
        }
    }
}
