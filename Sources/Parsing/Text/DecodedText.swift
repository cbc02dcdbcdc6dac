/// The text of a file and the encoding it was read in.
struct DecodedText: Equatable {
    var text: String
    /// An IANA name.
    var encoding: String
    /// How sure the encoding is: 1 where the bytes say it themselves or somebody declared it, less where it was found by scoring.
    var confidence = 1.0
}
