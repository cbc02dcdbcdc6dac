/// What the letters and signs of an encoding are to one language, and what each costs behind another.
struct ByteAlphabet {
    enum Class {
        case sign(cost: Int32)
        /// A letter of the language, by its row in the pairs.
        case own(Int)
        /// A Latin letter beside another alphabet, by its row in the pairs of English.
        case latin(Int)
        /// A letter of another language.
        case foreign
    }

    private let statistics: LetterStatistics
    private let rows: [Unicode.Scalar: Int]
    private let english = LetterStatistics.english

    init(_ statistics: LetterStatistics) {
        self.statistics = statistics
        rows = Dictionary(uniqueKeysWithValues: statistics.letters.enumerated().map { ($1, $0 + 1) })
    }

    /// `nil` for what no text holds: controls and private characters.
    func classify(_ scalar: Unicode.Scalar?, byte: UInt8) -> Class? {
        guard let scalar, !(0x80...0x9F).contains(scalar.value), !(0xE000...0xF8FF).contains(scalar.value) else { return nil }
        guard scalar.isASCII || !LetterCost.usualSigns.contains(scalar) else { return .sign(cost: 16) }
        // Turkish has two letters i, and pairs them with their capitals in its own way.
        let small = scalar == "I" && rows["ı"] != nil ? "ı" : scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
        if let row = rows[small] { return .own(row) }
        guard scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark else {
            return .sign(cost: scalar.isASCII ? LetterCost.ascii(byte) : 26)
        }
        return scalar.isASCII ? .latin(Int(small.value) - 0x60) : .foreign
    }

    private var foreignState: Int { statistics.size }
    var stateCount: Int { statistics.size + english.size }

    func state(_ letter: Class) -> Int {
        switch letter {
        case .sign: 0
        case .own(let row): row
        case .foreign: foreignState
        case .latin(let row): foreignState + row
        }
    }

    /// The cost of a letter or sign behind a state, in half bits.
    func cost(of next: Class, behind state: Int) -> Int32 {
        let row = state < foreignState ? state : 0
        let latinRow = state > foreignState ? state - foreignState : 0
        switch next {
        case .sign(let cost):
            if row > 0 { return own(row, 0) + cost }
            if latinRow > 0 { return latin(latinRow, 0) + cost }
            return (state == 0 ? 2 : 6) + cost
        case .own(let letter):
            if row > 0 { return own(row, letter) }
            // Behind a Latin letter: two alphabets in one word.
            return (state == 0 ? 2 : state == foreignState ? 4 : 24) + own(0, letter)
        case .latin(let letter):
            if latinRow > 0 { return latin(latinRow, letter) }
            return (state == 0 ? 10 : state == foreignState ? 12 : 24) + latin(0, letter)
        case .foreign:
            // A name may have one letter of another language; two in a row are another encoding.
            return state == foreignState ? 36 : 22
        }
    }

    private func own(_ row: Int, _ column: Int) -> Int32 { statistics.costs[row * statistics.size + column] }
    private func latin(_ row: Int, _ column: Int) -> Int32 { english.costs[row * english.size + column] }
}
