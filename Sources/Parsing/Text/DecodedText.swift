/// The text of a file and the encoding it was read in.
struct DecodedText: Equatable {
    var text: String
    /// An IANA name.
    var encoding: String
}
