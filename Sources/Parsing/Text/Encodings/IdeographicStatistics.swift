/// How often a language that is written with ideographs, kana or hangul uses its characters.
struct IdeographicStatistics: Sendable {
    /// The scripts between which a text moves; raw values are rows and columns of `moves`.
    enum Script: UInt8, CaseIterable {
        case ideograph, hiragana, katakana, hangul, sign, letter, ascii, halfwidth
    }

    /// Characters by their cost in bits, given their script.
    let classes: [(bits: UInt8, characters: String)]
    /// Row-major: the cost, in half bits, of the column's script behind the row's.
    let moves: [Int32]

    /// `moves`: a row per script, each cost one character from `0` on.
    init(classes: [(bits: UInt8, characters: String)], moves: [String]) {
        self.classes = classes
        self.moves = moves.flatMap { $0.unicodeScalars.map { Int32($0.value) - 48 } }
        precondition(self.moves.count == Script.allCases.count * Script.allCases.count, "moves between scripts are not square")
    }
}

extension IdeographicStatistics.Script {
    init(_ scalar: UInt32) {
        switch scalar {
        case 0x3041...0x309F: self = .hiragana
        case 0x30FB: self = .sign
        case 0x30A1...0x30FF: self = .katakana
        case 0x3005, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: self = .ideograph
        case 0xAC00...0xD7A3: self = .hangul
        case 0xFF61...0xFF9F: self = .halfwidth
        case 0x41...0x5A, 0x61...0x7A: self = .letter
        case 0..<0x80: self = .ascii
        default: self = .sign
        }
    }
}
