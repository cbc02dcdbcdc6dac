/// An encoding that a text may be in, and how sure that is.
struct EncodingGuess: Equatable, Sendable {
    /// An IANA name.
    var encoding: String
    /// The share of all candidates' likelihood, from 0 to 1.
    var confidence: Double
    /// The first byte that means nothing in the encoding, where the text seems damaged or cut.
    var damage: Int?

    /// For messages: `EUC-JP (93 %)`.
    var description: String {
        "\(encoding)\(damage.map { ", damaged at byte \($0)" } ?? "") (\(Int(confidence * 100)) %)"
    }
}
