/// Why a file did not become a document. The raw values are an interface: reports and scripts match on them.
public enum ReasonCode: String, CaseIterable, Codable, Sendable {
    // Unsupported: nothing is wrong with the file, Shogo does not read its kind.
    case unsupportedFormat = "unsupported-format"
    case unsupportedVariant = "unsupported-variant"

    // Quarantined: the file is broken, or more than Shogo accepts.
    case emptyFile = "empty-file"
    case truncated = "truncated"
    case damaged = "damaged"
    case notWellFormed = "not-well-formed"
    case unknownEncoding = "unknown-encoding"
    case noText = "no-text"
    case entityExpansion = "entity-expansion"
    case tooDeep = "too-deep"
    case tooLarge = "too-large"
    case tooManyPages = "too-many-pages"
    case unreadable = "unreadable"
    case workerDied = "worker-died"
    case timeLimit = "time-limit"
    case memoryLimit = "memory-limit"

    /// Whether the file counts as unsupported rather than quarantined.
    public var isUnsupported: Bool { self == .unsupportedFormat || self == .unsupportedVariant }

    /// What the user can do about it, one sentence.
    public var advice: String {
        switch self {
        case .unsupportedFormat: "Convert it to TIFF, JPEG, PNG, XML or plain text, or add an ignore rule."
        case .unsupportedVariant: "Convert it to TIFF, JPEG or PNG with a common compression and colour model."
        case .emptyFile: "Copy the file again from its source; it has no content."
        case .truncated: "Copy or scan the file again; its end is missing."
        case .damaged: "Copy or scan the file again; its bytes are damaged."
        case .notWellFormed: "Repair the XML at the line that the message names."
        case .unknownEncoding: "Save the text as UTF-8, or name its encoding for the folder."
        case .noText: "Check whether the sheet is meant to be empty."
        case .entityExpansion: "Remove the nested entities; they expand without bound."
        case .tooDeep: "Flatten the document, or raise parse.maxDepth in shogo.yaml."
        case .tooLarge: "Reduce the file, or raise the limit that the message names in shogo.yaml."
        case .tooManyPages: "Split the file, or raise parse.maxPages in shogo.yaml."
        case .unreadable: "Check that it is there, and that the user who runs Shogo may read it."
        case .workerDied: "Look at the file with other tools; it stops the decoder."
        case .timeLimit: "Look at the file with other tools; it takes longer than the limit."
        case .memoryLimit: "Look at the file with other tools; it takes more memory than a worker may."
        }
    }
}

/// A content that did not become documents: what is wrong, where, in words.
public struct ParsingFailure: Error, Equatable, Sendable {
    public var reason: ReasonCode
    /// The page it concerns, from 1, when it concerns one page of several.
    public var page: Int?
    /// What was found, with line or byte where known; no path, no advice (the code has that).
    public var message: String

    public init(_ reason: ReasonCode, page: Int? = nil, _ message: String) {
        self.reason = reason
        self.page = page
        self.message = message
    }
}
