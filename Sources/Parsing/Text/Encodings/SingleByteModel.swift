/// The likelihood of bytes as text of one language in an encoding of one byte per character.
struct SingleByteModel: Sendable {
    private let statistics: LetterStatistics
    private let classes: [ByteClass]

    /// What a byte is, for the language.
    private struct ByteClass {
        enum Kind { case none, sign, own, latin, foreign }
        var kind = Kind.none
        /// The row in the pairs, for letters of the language and for Latin letters beside them.
        var row: Int32 = 0
        /// What the sign itself costs.
        var cost: Int32 = 0
        var hasCase = false
        var isCapital = false
    }

    /// `decoded`: what each of the 256 bytes means; `nil` for those that mean nothing.
    init(_ statistics: LetterStatistics, decoded: [Unicode.Scalar?]) {
        self.statistics = statistics
        var rows: [Unicode.Scalar: Int32] = [:]
        for (index, letter) in statistics.letters.enumerated() { rows[letter] = Int32(index + 1) }
        // Turkish has two letters i, and pairs them with their capitals in its own way.
        let isTurkish = rows["ı"] != nil
        classes = decoded.enumerated().map { byte, scalar in
            guard let scalar, !(0x80...0x9F).contains(scalar.value), !(0xE000...0xF8FF).contains(scalar.value) else { return ByteClass() }
            guard scalar.isASCII || !LetterCost.usualSigns.contains(scalar) else { return ByteClass(kind: .sign, cost: 16) }
            let properties = scalar.properties
            var small = properties.lowercaseMapping.unicodeScalars.first ?? scalar
            if isTurkish, scalar == "I" { small = "ı" }
            let (hasCase, isCapital) = (properties.isCased, properties.isUppercase)
            if let row = rows[small] { return ByteClass(kind: .own, row: row, hasCase: hasCase, isCapital: isCapital) }
            guard properties.isAlphabetic || properties.generalCategory == .nonspacingMark else {
                return ByteClass(kind: .sign, cost: scalar.isASCII ? LetterCost.ascii(UInt8(byte)) : 26)
            }
            guard scalar.isASCII else { return ByteClass(kind: .foreign, hasCase: hasCase, isCapital: isCapital) }
            return ByteClass(kind: .latin, row: Int32(small.value) - 0x60, hasCase: hasCase, isCapital: isCapital)
        }
    }

    /// The cost of the text in half bits; `nil` when a byte means nothing.
    func cost(_ bytes: ArraySlice<UInt8>) -> Int? {
        let (size, english) = (Int32(statistics.size), LetterStatistics.english)
        var total = 0
        var kind = ByteClass.Kind.sign
        var row: Int32 = 0
        var previous = LetterCost.Previous.none
        for byte in bytes {
            let next = classes[Int(byte)]
            var cost: Int32
            switch (kind, next.kind) {
            case (_, .none): return nil
            case (.own, .sign), (.own, .own): cost = statistics.costs[Int(row * size + next.row)] + next.cost
            case (.latin, .sign), (.latin, .latin): cost = english.costs[Int(row) * english.size + Int(next.row)] + next.cost
            case (.sign, .sign): cost = 2 + next.cost
            case (.sign, .own): cost = 2 + statistics.costs[Int(next.row)]
            case (.sign, .latin): cost = 10 + english.costs[Int(next.row)]
            // A name may have one letter of another language; two in a row are another encoding.
            case (.foreign, .foreign): cost = 36
            case (_, .foreign): cost = 22
            case (_, .sign): cost = 6 + next.cost
            case (.foreign, .own): cost = 4 + statistics.costs[Int(next.row)]
            case (.foreign, .latin): cost = 12 + english.costs[Int(next.row)]
            // Two alphabets in one word.
            case (_, .own): cost = 24 + statistics.costs[Int(next.row)]
            case (_, .latin): cost = 24 + english.costs[Int(next.row)]
            }
            if next.kind == .sign {
                previous = .none
            } else if next.hasCase {
                cost += LetterCost.capital(next.isCapital, behind: previous)
                previous = next.isCapital ? .capital : .small
            }
            total += Int(cost)
            (kind, row) = (next.kind, next.row)
        }
        return total
    }
}
