/// The likelihood of a decoded text as one of an East Asian language.
struct IdeographicModel: Sendable {
    typealias Script = IdeographicStatistics.Script

    /// For each character of the Basic Multilingual Plane its script (upper byte) and its cost in half bits (lower byte).
    private let table: [UInt16]
    private var moves: [Int32]

    /// A cost no text survives: the character means that the encoding is wrong.
    private static let impossible: UInt8 = 255

    /// `common`: the characters of which any may occur, although the statistics have not seen them.
    init(_ statistics: IdeographicStatistics, common: some Sequence<Unicode.Scalar>) {
        moves = statistics.moves
        var costs = (0..<0x10000).map { Self.unseen(UInt32($0)) }
        for scalar in common where scalar.value < 0x10000 { costs[Int(scalar.value)] = 28 }
        for (bits, characters) in statistics.classes {
            for scalar in characters.unicodeScalars { costs[Int(scalar.value)] = min(costs[Int(scalar.value)], bits * 2) }
        }
        if statistics.classes.contains(where: { $0.characters.contains("ン") }) { Self.allowHalfwidth(&costs, &moves) }
        table = costs.enumerated().map { UInt16(Script(UInt32($0)).rawValue) << 8 | UInt16($1) }
    }

    /// The cost of the text in half bits; `nil` when a character rules the encoding out.
    func cost(_ text: String) -> Int? {
        let english = LetterStatistics.english
        var total = 0
        var script = Script.ascii
        var last: UInt32 = 0
        var previous = LetterCost.Previous.none
        for scalar in text.unicodeScalars {
            let value = scalar.value
            // Beyond the plane: rare ideographs and emoji; behind them nothing but private use.
            guard value < 0x40000 else { return nil }
            let entry = value < 0x10000 ? table[Int(value)] : UInt16(Script.sign.rawValue) << 8 | 48
            guard UInt8(entry & 255) != Self.impossible, let next = Script(rawValue: UInt8(entry >> 8)) else { return nil }
            var cost = Int32(entry & 255)
            if next == .letter {
                let row = script == .letter ? Int(last & 0x1F) : 0
                cost = english.costs[row * english.size + Int(value & 0x1F)] + LetterCost.capital(value < 0x60, behind: previous)
                if script != .letter { cost += move(script, next) }
                previous = value < 0x60 ? .capital : .small
            } else {
                cost += script == .letter && next == .ascii ? english.costs[Int(last & 0x1F) * english.size] : move(script, next)
                previous = .none
                if next == .halfwidth, value >= 0xFF9E, !Self.takesVoiceMark(last) { cost += 20 }
            }
            total += Int(cost)
            (script, last) = (next, value)
        }
        return total
    }

    private func move(_ from: Script, _ to: Script) -> Int32 { moves[Int(from.rawValue) * Script.allCases.count + Int(to.rawValue)] }

    /// The cost of a character that is neither common nor counted.
    private static func unseen(_ scalar: UInt32) -> UInt8 {
        switch scalar {
        case 0..<0x80: UInt8(LetterCost.ascii(UInt8(scalar)))
        case 0x80...0x9F, 0xF8F0...0xF8FF, 0xFFF0...0xFFFF: impossible
        case 0xA0...0xFF, 0x2010...0x2044, 0x2100...0x214F, 0x2190...0x2193, 0x2200...0x226F: 20
        case 0x2460...0x24FF, 0x25A0...0x266F, 0x3000...0x303F, 0x3200...0x33FF, 0xFF01...0xFF60, 0x2160...0x217F: 18
        case 0x370...0x4FF, 0x3041...0x30FF: 24
        case 0x4E00...0x9FFF, 0xAC00...0xD7A3: 38
        case 0xE000...0xF8EF: 50  // characters that an archive made for itself: rare, but they happen
        default: 44
        }
    }

    /// Half-width katakana: parts lists are full of them, translations have none. They cost what their wide forms do.
    private static func allowHalfwidth(_ costs: inout [UInt8], _ moves: inout [Int32]) {
        let wide = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
        for (index, scalar) in wide.unicodeScalars.enumerated() { costs[0xFF61 + index] = costs[Int(scalar.value)] + 1 }
        costs[0xFF9E] = 7
        costs[0xFF9F] = 9
        let (count, own) = (Script.allCases.count, Int(Script.halfwidth.rawValue))
        for other in 0..<count {
            moves[other * count + own] = other == own ? 1 : 16
            moves[own * count + other] = other == own ? 1 : 8
        }
    }

    /// Whether the half-width voice marks may follow: ｳ, ｶ to ﾄ, ﾊ to ﾎ.
    private static func takesVoiceMark(_ scalar: UInt32) -> Bool {
        scalar == 0xFF73 || (0xFF76...0xFF84).contains(scalar) || (0xFF8A...0xFF8E).contains(scalar)
    }
}
