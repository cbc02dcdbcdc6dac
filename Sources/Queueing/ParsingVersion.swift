import Documents

/// What a parse result depends on beside the bytes: when it changes, the content is parsed anew.
public struct ParsingVersion: Equatable, Sendable {
    /// The fingerprints of all readers.
    public var marks: [String]
    /// The limits in force, in one word: only results that a limit decided depend on them.
    public var limits: String

    /// What recognised texts depend on beside the pixels; `nil` outside that stage.
    public var recognition: String?

    public init(marks: [String], limits: String, recognition: String? = nil) {
        self.marks = marks
        self.limits = limits
        self.recognition = recognition
    }

    /// What a content is marked with, by the fingerprint of its reader.
    func mark(_ reader: String, for failure: ParsingFailure?) -> String {
        switch failure?.reason {
        case .tooLarge, .tooManyPages, .tooDeep, .entityExpansion: limited(reader)
        default: reader
        }
    }

    /// Stands for the reader of a content that nobody saw read: the worker died of it. Changes with any reader.
    var anyReader: String { marks.joined(separator: ", ") }

    /// The marks of contents that need not be parsed anew.
    var valid: [String] { (marks + [anyReader]).flatMap { [$0, limited($0)] } }

    /// The mark of a content that a limit refused.
    private func limited(_ reader: String) -> String { reader + " " + limits }
}
