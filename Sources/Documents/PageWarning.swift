/// What is wrong with a page that was kept all the same.
public struct PageWarning: Equatable, Codable, Sendable {
    /// The raw values are an interface: reports and scripts match on them.
    public enum Code: String, CaseIterable, Codable, Sendable {
        /// The end of the picture is missing; at least half of it is there.
        case truncated
        /// Some rows could not be decoded as they were meant.
        case damaged
    }

    public var code: Code
    /// How much is missing or damaged, in words.
    public var message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
