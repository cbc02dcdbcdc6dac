/// What parsing makes of one content: a sheet, one page image or more, or a file about other files.
public enum Document: Equatable, Sendable {
    case sheet(Sheet)
    case images([PageImage])
    case companion(Companion)
}

/// The two kinds of item that Shogo pairs.
public enum Modality: String, CaseIterable, Codable, Sendable {
    case image
    case sheet

    public var other: Modality { self == .image ? .sheet : .image }
}

/// An instruction sheet: what a text file says, in the order it says it.
public struct Sheet: Equatable, Codable, Sendable {
    /// The format the text was read as.
    public enum Format: String, Codable, Sendable {
        case dita, s1000d, docbook, tei, jats, html, xml, plainText, markdown
    }

    public var format: Format
    /// The character encoding the bytes were read in: an IANA name, such as `UTF-8` or `windows-31j`.
    public var encoding: String
    /// How sure the encoding is, from 0 to 1: 1 where the file says it itself or somebody named it, less where it was found by scoring.
    public var encodingConfidence: Double
    /// The sheet's own title, or its first words; never empty.
    public var title: String
    /// The language that the sheet declares (BCP 47), if it declares one.
    public var language: String?
    /// Part, drawing and task numbers in reading order, each once, as written.
    public var identifiers: [String]
    /// The fine grain, in reading order.
    public var fragments: [Fragment]
    /// The figures the sheet refers to, in reading order.
    public var figures: [FigureReference]
    /// The parts of the sheet that another one may borrow.
    public var anchors: [TextAnchor]
    /// Files whose text belongs into the sheet and was not read into it: external entities and XInclude. Nothing outside a file is ever
    /// opened to read it; these are sheets of their own.
    public var parts: [ListedFile]

    public init(
        format: Format, encoding: String, encodingConfidence: Double = 1, title: String, language: String? = nil,
        identifiers: [String] = [], fragments: [Fragment], figures: [FigureReference] = [], anchors: [TextAnchor] = [],
        parts: [ListedFile] = []
    ) {
        self.format = format
        self.encoding = encoding
        self.encodingConfidence = encodingConfidence
        self.title = title
        self.language = language
        self.identifiers = identifiers
        self.fragments = fragments
        self.figures = figures
        self.anchors = anchors
        self.parts = parts
    }
}

/// A piece of a sheet with a place in its file: a step, a paragraph, a table row.
public struct Fragment: Equatable, Codable, Sendable {
    public enum Kind: String, Codable, Sendable {
        case title, step, warning, listItem, row, caption, paragraph
    }

    public var kind: Kind
    public var place: TextPlace
    /// The text as written, white space folded to single spaces; `BorrowedText.mark` where another sheet's text belongs.
    public var text: String
    /// What belongs at each mark, in order.
    public var borrowed: [BorrowedText]

    public init(kind: Kind, place: TextPlace, text: String, borrowed: [BorrowedText] = []) {
        self.kind = kind
        self.place = place
        self.text = text
        self.borrowed = borrowed
    }
}

/// Where in its file a piece of text stands.
public enum TextPlace: Hashable, Codable, Sendable {
    /// An XPath 1.0 location without predicates on namespaces: `/task[1]/taskbody[1]/steps[1]/step[3]`.
    case xpath(String)
    /// Line numbers, the first line is 1, both ends included.
    case lines(first: Int, last: Int)

    /// The XPath itself, or `lines 3-5`.
    public var display: String {
        switch self {
        case .xpath(let path): path
        case .lines(let first, let last): first == last ? "line \(first)" : "lines \(first)-\(last)"
        }
    }
}

/// A sheet's mention of a picture.
public struct FigureReference: Equatable, Codable, Sendable {
    /// What the sheet names: a relative path or URI when it has one, else the bare identifier (an ICN).
    public var target: String
    /// Whether the target is a key that a map defines.
    public var isKey: Bool
    /// Under which name another sheet may borrow it, `topic/element`; `nil` for none.
    public var name: String?
    public var place: TextPlace

    public init(target: String, isKey: Bool = false, name: String? = nil, place: TextPlace) {
        self.target = target
        self.isKey = isKey
        self.name = name
        self.place = place
    }
}

/// One page of an image file, before its pixels are used.
public struct PageImage: Equatable, Codable, Sendable {
    /// Page number in its file, from 1.
    public var number: Int
    /// Pixels as stored; where the file says that they are not square, as many as square ones would be.
    public var storedWidth: Int, storedHeight: Int
    /// TIFF/EXIF orientation, 1 to 8; 1 when absent.
    public var orientation: Int
    /// Compression, colour model and depth in words, such as `TIFF CCITT Group 4, bilevel`.
    public var encoding: String
    /// What the file claims, across, of square pixels; `nil` when it claims nothing. Often a default of the program that wrote it.
    public var dotsPerInch: Int?
    /// Why the picture is not all that its writer meant; `nil` for a sound page.
    public var warning: PageWarning?

    public init(
        number: Int, storedWidth: Int, storedHeight: Int, orientation: Int, encoding: String, dotsPerInch: Int? = nil,
        warning: PageWarning? = nil
    ) {
        self.number = number
        self.storedWidth = storedWidth
        self.storedHeight = storedHeight
        self.orientation = orientation
        self.encoding = encoding
        self.dotsPerInch = dotsPerInch
        self.warning = warning
    }

    /// Pixels after the orientation is applied.
    public var uprightWidth: Int { orientation >= 5 ? storedHeight : storedWidth }
    public var uprightHeight: Int { orientation >= 5 ? storedWidth : storedHeight }
}
