/// A text that a sheet takes from another sheet: DITA's conref, conkeyref and keyref.
public struct BorrowedText: Hashable, Codable, Sendable {
    /// Stands in a fragment's text where the borrowed text belongs: the object replacement character.
    public static let mark: Unicode.Scalar = "\u{FFFC}"

    /// `path/file.dita#topic/element`, or `key/element`, or `key` alone.
    public var target: String
    /// Whether the target begins with a key that a map defines.
    public var isKey: Bool

    public init(target: String, isKey: Bool) {
        self.target = target
        self.isKey = isKey
    }
}

/// A part of a sheet that another one may borrow by its identifiers.
public struct TextAnchor: Equatable, Codable, Sendable {
    /// `topic/element`, or `topic` alone.
    public var name: String
    /// As in a fragment, with marks.
    public var text: String
    public var borrowed: [BorrowedText]

    public init(name: String, text: String, borrowed: [BorrowedText] = []) {
        self.name = name
        self.text = text
        self.borrowed = borrowed
    }
}
