/// What the letters and signs of an encoding are to one language, and what each costs behind another.
struct ByteAlphabet {
    enum Class {
        /// `ends`: no letter stands directly behind it where one stands before it.
        case sign(cost: Int32, ends: Bool)
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
        guard scalar.isASCII || !LetterCost.usualSigns.contains(scalar) else { return .sign(cost: 16, ends: !LetterCost.signsInWords.contains(scalar)) }
        // Turkish has two letters i, and pairs them with their capitals in its own way.
        let small = scalar == "I" && rows["ı"] != nil ? "ı" : scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
        if let row = rows[small] { return .own(row) }
        // The sign of a diameter, in every language; where it is a letter, its row has been found.
        if small == "ø" { return .sign(cost: 16, ends: true) }
        guard scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark else {
            return .sign(cost: scalar.isASCII ? LetterCost.ascii(byte) : 26, ends: !scalar.isASCII)
        }
        // A letter of another alphabet means nothing among Latin words.
        if statistics.isLatin, scalar.value >= 0x370 { return .sign(cost: 44, ends: true) }
        return scalar.isASCII ? .latin(Int(small.value) - 0x60) : .foreign
    }

    private var foreignState: Int { statistics.size }
    /// In other alphabets signs behind a Latin word, from which letters may follow; in the Latin one a sign that ends a word.
    private var afterLatin: Int { statistics.size + english.size }
    /// A text begins as if Latin words stood before it.
    var start: Int { statistics.isLatin ? 0 : afterLatin }
    var stateCount: Int { afterLatin + (statistics.isLatin ? 1 : statistics.size) }

    /// What a letter or sign leaves behind, coming from another state.
    func state(_ letter: Class, behind state: Int) -> Int {
        switch letter {
        case .sign(_, let ends): (statistics.isLatin ? ends && state > 0 && state < afterLatin : state > foreignState) ? afterLatin : 0
        case .own(let row): state == afterLatin && !statistics.isLatin ? afterLatin + row : row
        case .foreign: foreignState
        case .latin(let row): foreignState + row
        }
    }

    /// Whether nothing but one letter of the alphabet stands between Latin words and what comes: it may be a sign of another encoding,
    /// such as Ø.
    func isLone(_ state: Int) -> Bool { state > afterLatin }
    static let loneCost: Int32 = 24
    /// Of a letter behind a sign in the middle of a word: it is a letter of another encoding.
    private static let innerCost: Int32 = 16

    /// Whether a letter that follows stands behind a sign in a word.
    private func isInner(_ state: Int) -> Bool { statistics.isLatin && state == afterLatin }

    /// The cost of a letter or sign behind a state, in half bits.
    func cost(of next: Class, behind before: Int) -> Int32 {
        let state = isLone(before) ? before - afterLatin : before == afterLatin ? 0 : before
        let row = state < foreignState ? state : 0
        let latinRow = state > foreignState ? state - foreignState : 0
        switch next {
        case .own where isInner(before), .foreign where isInner(before), .latin where isInner(before): return Self.innerCost + cost(of: next, behind: 0)
        case .sign(let cost, _):
            if isLone(before) { return own(row, 0) + cost + Self.loneCost }
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
