/// What signs and the case of letters cost in every model alike, in half bits: minus twice the binary logarithm of a likelihood.
enum LetterCost {
    /// A sign of ASCII, given that it is no letter.
    static func ascii(_ byte: UInt8) -> Int32 {
        switch byte {
        case UInt8(ascii: " "): 2
        case 0x09, 0x0A, 0x0D: 6
        case UInt8(ascii: "0")...UInt8(ascii: "9"): 10
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "("), UInt8(ascii: ")"): 10
        default: 14
        }
    }

    /// Signs outside ASCII that running text of many languages uses.
    static let usualSigns = Set("\u{A0}°«»„“”‘’‚–—…§©®±×·•€²³½¼¿¡№™µºª".unicodeScalars)

    /// Those that stand between the letters of a word, or between two words without a space.
    static let signsInWords = Set("\u{A0}’–—·".unicodeScalars)
}

/// The case of letters by their place in the word.
enum LetterCase {
    /// A sign; a letter without case, which leaves the case as it is; a small letter; a capital.
    static let none: UInt8 = 0, same: UInt8 = 1, small: UInt8 = 2, capital: UInt8 = 3

    /// The cost of the second (lower index) behind the first (upper index): capitals begin words or fill them; behind a small letter
    /// they are an accident.
    static let costs: [UInt8] = [0, 0, 1, 5, 0, 0, 1, 5, 0, 0, 0, 14, 0, 0, 1, 3]
}
