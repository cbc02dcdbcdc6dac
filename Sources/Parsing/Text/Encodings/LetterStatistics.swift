/// How often one letter follows another in a language.
struct LetterStatistics: Sendable {
    /// The letters in lower case; row and column `i + 1` of the pairs belong to letter `i`, row and column 0 to what is no letter.
    let letters: [Unicode.Scalar]
    /// Row-major: the cost, in half bits, of the column's letter behind the row's.
    let costs: [Int32]
    var size: Int { letters.count + 1 }
    /// Whether the letters go on from `a`; other alphabets meet Latin words between their own.
    var isLatin: Bool { letters.first == "a" }

    /// `pairs`: the rows one behind the other, each cost one character from `0` on; where a string ends means nothing.
    init(alphabet: String, pairs: [String]) {
        letters = Array(alphabet.unicodeScalars)
        costs = pairs.flatMap { $0.unicodeScalars.map { Int32($0.value) - 48 } }
        precondition(costs.count == size * size, "statistics of \(alphabet) are not square")
    }
}
