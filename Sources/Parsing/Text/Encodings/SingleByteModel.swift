/// The likelihood of bytes as text of one language in an encoding of one byte per character.
struct SingleByteModel: Sendable {
    /// What a byte (lower index) leaves behind another state (upper index): 0 for a sign, then the language's letters, a letter of another
    /// language, Latin letters beside another alphabet, and the lone letters behind these. `impossible` for bytes that mean nothing.
    private let states: [UInt8]
    /// The cost of a byte (lower index) behind a state (upper index), in half bits, without its case.
    private let costs: [UInt8]
    private let cases: [UInt8]
    private let start: Int
    /// The cost of ending in a state.
    private let ends: [Int32]

    private static let impossible: UInt8 = 255

    /// `decoded`: what each of the 256 bytes means; `nil` for those that mean nothing.
    init(_ statistics: LetterStatistics, decoded: [Unicode.Scalar?]) {
        let alphabet = ByteAlphabet(statistics)
        let classes = decoded.enumerated().map { alphabet.classify($1, byte: UInt8($0)) }
        cases = decoded.map { scalar in
            guard let properties = scalar?.properties, properties.isAlphabetic || properties.generalCategory == .nonspacingMark else { return LetterCase.none }
            return !properties.isCased ? LetterCase.same : properties.isUppercase ? LetterCase.capital : LetterCase.small
        }
        var costs = [UInt8](repeating: 0, count: alphabet.stateCount * 256)
        var states = [UInt8](repeating: Self.impossible, count: alphabet.stateCount * 256)
        for state in 0..<alphabet.stateCount {
            for (byte, next) in classes.enumerated() {
                guard let next else { continue }
                costs[state << 8 | byte] = UInt8(clamping: alphabet.cost(of: next, behind: state))
                states[state << 8 | byte] = UInt8(alphabet.state(next, behind: state))
            }
        }
        self.costs = costs
        self.states = states
        start = alphabet.start
        ends = (0..<alphabet.stateCount).map { alphabet.isLone($0) ? ByteAlphabet.loneCost : 0 }
    }

    /// The cost of the text in half bits; `nil` when a byte means nothing.
    func cost(_ bytes: ArraySlice<UInt8>) -> Int? {
        let (states, costs, cases, moves) = (states, costs, cases, LetterCase.costs)
        var total = 0
        var state = start
        var letterCase = 0
        for byte in bytes {
            let next = states[state << 8 | Int(byte)]
            guard next != Self.impossible else { return nil }
            let nextCase = Int(cases[Int(byte)])
            total += Int(costs[state << 8 | Int(byte)]) + Int(moves[letterCase << 2 | nextCase])
            if nextCase != LetterCase.same { letterCase = nextCase }
            state = Int(next)
        }
        return total + Int(ends[state])
    }

    /// What bytes cost when those outside ASCII mean nothing: nine bits each.
    static func noiseCost(_ bytes: ArraySlice<UInt8>) -> Int { noise.cost(bytes) ?? 0 }

    private static let noise = SingleByteModel(.english, decoded: (UInt8(0)...255).map { $0 < 0x80 ? Unicode.Scalar($0) : "\u{A0}" })
}
