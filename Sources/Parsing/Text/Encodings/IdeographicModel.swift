/// The likelihood of a decoded text as one of an East Asian language.
struct IdeographicModel: Sendable {
    typealias Script = IdeographicStatistics.Script

    /// For each character of the Basic Multilingual Plane its script (upper byte) and its cost in half bits (lower byte).
    private let table: [UInt16]
    private let moves: [Int32]

    /// A cost no text survives: the character means that the encoding is wrong.
    private static let impossible = 255

    /// `common`: the characters of which any may occur, although the statistics have not seen them.
    init(_ statistics: IdeographicStatistics, common: some Sequence<Unicode.Scalar>) {
        var moves = statistics.moves
        var costs = (0..<0x10000).map { Self.unseen(UInt32($0)) }
        for scalar in common where scalar.value < 0x10000 { costs[Int(scalar.value)] = 28 }
        for (bits, characters) in statistics.classes {
            for scalar in characters.unicodeScalars { costs[Int(scalar.value)] = min(costs[Int(scalar.value)], bits * 2) }
        }
        if statistics.classes.contains(where: { $0.characters.contains("ン") }) { Self.allowHalfwidth(&costs, &moves) }
        self.moves = moves
        table = costs.enumerated().map { UInt16(Script(UInt32($0)).rawValue) << 8 | UInt16($1) }
    }

    /// The cost of the text, in UTF-16, in half bits; `nil` when a character rules the encoding out.
    func cost(_ units: [UInt16]) -> Int? {
        let (table, moves, letters, caseCosts) = (table, moves, LetterStatistics.english.costs, LetterCase.costs)
        let (columns, count) = (LetterStatistics.english.size, Script.allCases.count)
        let (letter, ascii, halfwidth) = (Int(Script.letter.rawValue), Int(Script.ascii.rawValue), Int(Script.halfwidth.rawValue))
        var total = 0
        var script = ascii
        var last = 0
        var letterCase = LetterCase.none
        for unit in units {
            let value = Int(unit)
            let entry = table[value]
            let cost = Int(entry & 255)
            guard cost != Self.impossible else { return nil }
            let next = Int(entry >> 8)
            if next == letter {
                let row = script == letter ? last & 0x1F : 0
                let nextCase = value < 0x60 ? LetterCase.capital : LetterCase.small
                total += Int(letters[row * columns + value & 0x1F]) + Int(caseCosts[Int(letterCase) << 2 | Int(nextCase)])
                if script != letter { total += Int(moves[script * count + next]) }
                letterCase = nextCase
            } else {
                total += cost + Int(script == letter && next == ascii ? letters[(last & 0x1F) * columns] : moves[script * count + next])
                letterCase = LetterCase.none
                if next == halfwidth, !Self.mayFollow(value, last) { total += 20 }
            }
            (script, last) = (next, value)
        }
        return total
    }

    /// The cost of a character that is neither common nor counted.
    private static func unseen(_ scalar: UInt32) -> UInt8 {
        switch scalar {
        case 0..<0x80: UInt8(LetterCost.ascii(UInt8(scalar)))
        case 0x80...0x9F, 0xF8F0...0xF8FF, 0xFFF0...0xFFFF: UInt8(impossible)
        case 0xA0...0xFF, 0x2010...0x2044, 0x2100...0x214F, 0x2190...0x2193, 0x2200...0x226F: 20
        case 0x2460...0x24FF, 0x25A0...0x266F, 0x3000...0x303F, 0x3200...0x33FF, 0xFF01...0xFF60, 0x2160...0x217F: 18
        case 0x370...0x4FF, 0x3041...0x30FF: 24
        case 0x4E00...0x9FFF, 0xAC00...0xD7A3: 38
        // Rare ideographs and emoji, of two units; the high halves of private planes are no text.
        case 0xD880...0xDBFF: UInt8(impossible)
        case 0xD800...0xD87F, 0xDC00...0xDFFF: 24
        case 0xE000...0xF8EF: 50  // characters that an archive made for itself: rare, but they happen
        default: 44
        }
    }

    /// Half-width katakana: parts lists are full of them, translations have none. They cost what their wide forms do.
    private static func allowHalfwidth(_ costs: inout [UInt8], _ moves: inout [Int32]) {
        let wide = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン"
        for (index, scalar) in wide.unicodeScalars.enumerated() { costs[0xFF61 + index] = costs[Int(scalar.value)] - 1 }
        // Among wide signs these are frequent, among half-width letters they are not.
        for sign in 0xFF61...0xFF65 { costs[sign] = 14 }
        // Behind the few letters that take them.
        costs[0xFF9E] = 3
        costs[0xFF9F] = 4
        let (count, own) = (Script.allCases.count, Int(Script.halfwidth.rawValue))
        for other in 0..<count {
            moves[other * count + own] = other == own ? 0 : 12
            moves[own * count + other] = other == own ? 0 : 6
        }
    }

    /// Whether a half-width sign may stand behind another character: voice marks behind ｳ, ｶ to ﾄ, ﾊ to ﾎ or, of the second kind, only ﾊ to
    /// ﾎ; small letters, ｰ and ﾝ begin no word.
    private static func mayFollow(_ sign: Int, _ last: Int) -> Bool {
        let isBehindKana = (0xFF66...0xFF9F).contains(last)
        switch sign {
        case 0xFF9E: return last == 0xFF73 || (0xFF76...0xFF84).contains(last) || (0xFF8A...0xFF8E).contains(last)
        case 0xFF9F: return (0xFF8A...0xFF8E).contains(last)
        case 0xFF67...0xFF70, 0xFF9D: return isBehindKana && !(sign == 0xFF70 && last == 0xFF6F)
        default: return true
        }
    }
}
