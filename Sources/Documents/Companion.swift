/// A file that says something about other files of the archive and is no item of its own: the text of scanned pages, a list of
/// pages and their texts, the keys of a publication.
public struct Companion: Equatable, Codable, Sendable {
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// Text of page images with its places.
        case alto, page, hocr, ndlocr
        /// Lists the files of each page.
        case mets
        /// Defines keys for topics.
        case ditaMap = "dita-map"
    }

    public var kind: Kind
    /// The character encoding: an IANA name.
    public var encoding: String
    public var title: String?
    /// Texts of page images, in the order of the file.
    public var pages: [PageTranscript]
    /// The files that it lists, in its order.
    public var files: [ListedFile]
    public var keys: [KeyDefinition]

    public init(
        kind: Kind, encoding: String, title: String? = nil, pages: [PageTranscript] = [], files: [ListedFile] = [], keys: [KeyDefinition] = []
    ) {
        self.kind = kind
        self.encoding = encoding
        self.title = title
        self.pages = pages
        self.files = files
        self.keys = keys
    }
}

/// The text of one page image, and which image it says it is of.
public struct PageTranscript: Equatable, Codable, Sendable {
    /// The picture's name or path as the file gives it; `nil` when it names none.
    public var image: String?
    /// From 1, among the pages of the same image file.
    public var page: Int
    public var text: PageText

    public init(image: String?, page: Int, text: PageText) {
        self.image = image
        self.page = page
        self.text = text
    }
}

/// One file that a METS file lists.
public struct ListedFile: Equatable, Codable, Sendable {
    /// Where it lies: a path relative to the file that names it, or a URL.
    public var target: String
    /// What the list says it is, such as `image/tiff`.
    public var mediaType: String?
    /// The page it belongs to, by its identifier or its number in the list; `nil` when it belongs to none.
    public var page: String?
    public var place: TextPlace

    public init(target: String, mediaType: String? = nil, page: String? = nil, place: TextPlace) {
        self.target = target
        self.mediaType = mediaType
        self.page = page
        self.place = place
    }
}

/// A key that sheets may use instead of a path.
public struct KeyDefinition: Equatable, Codable, Sendable {
    public var name: String
    /// The file that it stands for, relative to the map.
    public var target: String?
    /// The words that it stands for.
    public var text: String?

    public init(name: String, target: String?, text: String?) {
        self.name = name
        self.target = target
        self.text = text
    }
}
