/// A number with its unit, such as "24v" or "1.5mm": worth a term, where a bare number is not.
struct Measure: Equatable {
    /// Number, thousands separators dropped, and unit, nothing between.
    let term: String
    /// Code units from the number's start to the unit's end.
    let length: Int

    /// The measure that starts at `start` of a folded text, or nil when no unit follows the number within one space.
    init?(in text: [UInt16], at start: Int) {
        var end = start
        var number: [UInt16] = []
        while end < text.count {
            let unit = text[end]
            if Self.isDigit(unit) {
                number.append(unit)
            } else if (unit == 0x2E || unit == 0x2C) && end > start && end + 1 < text.count && Self.isDigit(text[end + 1]) {
                // A comma before three digits groups thousands; elsewhere it is a decimal comma.
                let digits = text[(end + 1)...].prefix(4).prefix(while: Self.isDigit).count
                if unit == 0x2E || digits != 3 { number.append(0x2E) }
            } else {
                break
            }
            end += 1
        }
        guard end > start else { return nil }
        if end < text.count, text[end] == 0x20 || text[end] == 0xA0 { end += 1 }
        guard let unit = Self.units.first(where: { Self.stands($0, in: text, at: end) }) else { return nil }
        term = String(decoding: number, as: UTF16.self) + String(decoding: unit.filter { $0 != 0xB7 && $0 != 0x22C5 }, as: UTF16.self)
        length = end + unit.count - start
    }

    /// Folded forms, longest first.
    private static let units: [[UInt16]] = [
        "mm", "cm", "m", "km", "\u{3BC}m", "inch", "inches", "ft", "g", "kg", "mg", "lb", "lbs", "oz", "l", "ml", "v", "mv", "kv",
        "vac", "vdc", "a", "ma", "w", "kw", "kva", "hp", "hz", "khz", "mhz", "pa", "kpa", "mpa", "bar", "psi", "rpm", "min\u{2212}1", "nm", "n·m",
        "n⋅m", "n", "kn", "°", "°c", "°f", "%", "ω", "kω", "mω", "db", "h", "min", "sec", "s", "ms",
    ].map { Array($0.utf16) }.sorted { $1.count < $0.count }

    private static func stands(_ unit: [UInt16], in text: [UInt16], at start: Int) -> Bool {
        let end = start + unit.count
        guard end <= text.count, text[start..<end].elementsEqual(unit) else { return false }
        // "5 minor" is not five minutes; the sign of a degree or a share may stand before anything.
        guard let last = unit.last, isLetter(last), end < text.count else { return true }
        return !isLetter(text[end]) && !isDigit(text[end])
    }

    static func isDigit(_ unit: UInt16) -> Bool { 0x30...0x39 ~= unit }

    private static func isLetter(_ unit: UInt16) -> Bool {
        guard let scalar = Unicode.Scalar(unit) else { return false }
        return scalar.properties.isAlphabetic && !JapaneseScript.contains(scalar)
    }
}
