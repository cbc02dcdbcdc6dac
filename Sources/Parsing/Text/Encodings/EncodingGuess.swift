/// An encoding that a text may be in, and how sure that is.
struct EncodingGuess: Equatable, Sendable {
    /// An IANA name.
    var encoding: String
    /// The share of all candidates' likelihood, from 0 to 1.
    var confidence: Double
}
