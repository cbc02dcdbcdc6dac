import Documents

/// What a parse result depends on beside the bytes: when it changes, the content is parsed anew.
public struct ParsingVersion: Equatable, Sendable {
    /// The parser's own fingerprint.
    public var parser: String
    /// The limits in force, in one word: only results that a limit decided depend on them.
    public var limits: String

    /// What recognised texts depend on beside the pixels; `nil` outside that stage.
    public var recognition: String?

    public init(parser: String, limits: String, recognition: String? = nil) {
        self.parser = parser
        self.limits = limits
        self.recognition = recognition
    }

    /// What a content is marked with.
    func mark(for failure: ParsingFailure?) -> String {
        switch failure?.reason {
        case .tooLarge, .tooManyPages, .tooDeep, .entityExpansion: limited
        default: parser
        }
    }

    /// The mark of a content that a limit refused.
    var limited: String { parser + " " + limits }
}
