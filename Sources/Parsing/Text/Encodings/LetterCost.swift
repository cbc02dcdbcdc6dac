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

    /// Case by place in the word: capitals begin words or fill them; behind a small letter they are an accident.
    static func capital(_ isCapital: Bool, behind previous: Previous) -> Int32 {
        switch previous {
        case .none: isCapital ? 5 : 1
        case .small: isCapital ? 14 : 0
        case .capital: isCapital ? 3 : 1
        }
    }

    enum Previous { case none, small, capital }

    /// Signs outside ASCII that running text of many languages uses.
    static let usualSigns = Set("\u{A0}°«»„“”‘’‚–—…§©®±×·•€²³½¼¿¡№™µºª".unicodeScalars)
}
