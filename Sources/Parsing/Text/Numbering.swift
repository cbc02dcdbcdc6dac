/// The number that a line begins with, in the ways in which instructions number their steps and sections.
enum Numbering: Equatable {
    /// `1.` `(1)` `①` `手順1` `a)` `イ．` `一、` `Ⅳ.`
    case step
    /// `1.2` or `1.2.3`: a section when it heads text, a step in a run of its like. The depth is the count of numbers.
    case dotted(depth: Int)
    /// `第1章` `제1장` `Chapter 2`.
    case chapter

    /// `line`: the beginning of a line, without white space before it.
    init?(_ line: [Unicode.Scalar]) {
        guard let first = line.first else { return nil }
        // Behind a digit or a bracket only Korean makes a word of it.
        let isWord = !Self.isDigitOrSign(first) || line.contains(where: Self.isHangul)
        let text = isWord ? String(String.UnicodeScalarView(line)) : ""
        if Self.isEnclosed(first) || isWord && Self.isStepWord(text) {
            self = .step
        } else if isWord, Self.isChapter(line, text) {
            self = .chapter
        } else if let depth = Self.dottedDepth(line) {
            self = .dotted(depth: depth)
        } else if Self.isMarked(line) {
            self = .step
        } else {
            return nil
        }
    }

    /// ①, ⑴, ⒈, ⒜, Ⓐ, ⓐ, ❶, ㈠, ㉑ and their like: one character is number and mark.
    private static func isEnclosed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2460...0x24E9, 0x2776...0x2793, 0x3220...0x3229, 0x3251...0x325F, 0x3280...0x3289, 0x32B1...0x32BF: true
        default: false
        }
    }

    /// `手順 2`, `Step 3`, `第一步`, `1단계`.
    private static func isStepWord(_ text: String) -> Bool {
        for word in stepWords where text.hasPrefix(word) {
            return text.dropFirst(word.count).first { $0 != " " && $0 != "\u{3000}" }.map { $0.isNumber || numerals.contains($0) } ?? false
        }
        let rest = text.drop { $0 == "第" || $0 == "제" }.drop { $0.isNumber || numerals.contains($0) }
        return rest.count < text.count && text.first != rest.first && (rest.hasPrefix("단계") || rest.hasPrefix("步") && text.hasPrefix("第"))
    }

    /// `第3章 点検`, but not `第3章を参照`.
    private static func isChapter(_ line: [Unicode.Scalar], _ text: String) -> Bool {
        if text.hasPrefix("Chapter ") || text.hasPrefix("CHAPTER ") || text.hasPrefix("Section ") || text.hasPrefix("SECTION ") {
            return line.dropFirst(8).first.map(isDigit) ?? false
        }
        guard text.hasPrefix("第") || text.hasPrefix("제") else { return false }
        let rest = line.dropFirst().drop { $0 == " " }
        let behind = rest.drop { isDigit($0) || numerals.unicodeScalars.contains($0) }
        guard behind.count < rest.count, let unit = behind.drop(while: { $0 == " " }).first else { return false }
        guard "章節节編编篇部項项条條巻卷款장절편부조항".unicodeScalars.contains(unit) else { return false }
        let next = behind.drop { $0 == " " }.dropFirst().first
        // A particle behind it makes it a part of a sentence.
        return next.map { !"をにのはでがとへもや、,，からまで".unicodeScalars.contains($0) && !(0xAC00...0xD7A3).contains($0.value) } ?? true
    }

    /// `1.2 Words`: numbers of at most two digits joined by dots, white space, and then no unit, month or currency.
    private static func dottedDepth(_ line: [Unicode.Scalar]) -> Int? {
        var depth = 0
        var rest = line[...]
        while true {
            let digits = rest.prefix { isDigit($0) }
            guard (1...2).contains(digits.count), digits.first != "0", digits.first != "０" else {
                // A dot may end the number: 1.2. Words
                guard depth >= 2, digits.isEmpty else { return nil }
                break
            }
            depth += 1
            rest = rest.dropFirst(digits.count)
            guard let dot = rest.first, dot == "." || dot == "．" else { break }
            rest = rest.dropFirst()
        }
        guard (2...5).contains(depth), let space = rest.first, space.properties.isWhitespace else { return nil }
        let words = rest.drop { $0.properties.isWhitespace }
        guard let first = words.first, first.properties.isAlphabetic else { return nil }
        let word = String(String.UnicodeScalarView(words.prefix { !$0.properties.isWhitespace && !",;、，。)）".unicodeScalars.contains($0) }))
        return units.contains(word.lowercased()) || isWideUnit(word) ? nil : depth
    }

    /// 1.5 分待つ, but not 1.5 分解: what follows the unit is no ideograph and no katakana, except in 分間 or 分以内.
    private static func isWideUnit(_ word: String) -> Bool {
        wideUnits.contains { unit in
            guard word.hasPrefix(unit) else { return false }
            guard let next = word.dropFirst(unit.count).unicodeScalars.first else { return true }
            return (0x3041...0x309F).contains(next.value) || "以未間後前程".unicodeScalars.contains(next)
        }
    }

    /// `1.` `1)` `(1)` `1、` `1:` `a)` `(ア)` `イ．` `一、` `IV.` `가.`
    private static func isMarked(_ line: [Unicode.Scalar]) -> Bool {
        guard let first = line.first else { return false }
        let opened = first == "(" || first == "（"
        let rest = line.dropFirst(opened ? 1 : 0)
        let digits = rest.prefix { isDigit($0) }
        let number = digits.isEmpty ? letterNumber(rest) : digits
        guard (1...4).contains(number.count), digits.count <= 3, let mark = rest.dropFirst(number.count).first else { return false }
        let behind = rest.dropFirst(number.count + 1)
        if opened { return mark == ")" || mark == "）" }
        if digits.isEmpty {
            guard ".)．）".unicodeScalars.contains(mark) || mark == "、" && isNumeral(number) else { return false }
            // a.m. and e.g. are words; so is a letter alone.
            return mark != "." && mark != ")" || (behind.first.map { !$0.isASCII || $0.properties.isWhitespace } ?? false)
        }
        guard ".)．）、:：".unicodeScalars.contains(mark) else { return false }
        // 1.5 is a quantity, 10:30 a time, 24. 12. 2023 and 3. Mai are dates.
        return !(behind.first.map(isDigit) ?? false) && !isDate(behind)
    }

    /// What may number in place of digits: one letter, one kana of either order, one hangul, numerals, Roman numerals.
    private static func letterNumber(_ line: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
        let numeral = line.prefix { numerals.unicodeScalars.contains($0) }
        if !numeral.isEmpty { return numeral }
        let roman = line.prefix { "IVXivx".unicodeScalars.contains($0) || (0x2160...0x217F).contains($0.value) }
        if !roman.isEmpty { return roman }
        guard let first = line.first else { return [] }
        let isOne = first.isASCII && first.properties.isAlphabetic || Self.oneLetter.unicodeScalars.contains(first)
        return isOne ? line.prefix(1) : []
    }

    private static func isNumeral(_ number: ArraySlice<Unicode.Scalar>) -> Bool {
        number.allSatisfy { numerals.unicodeScalars.contains($0) || (0x2160...0x217F).contains($0.value) }
    }

    private static func isDate(_ behind: ArraySlice<Unicode.Scalar>) -> Bool {
        let rest = behind.drop { $0.properties.isWhitespace }
        let word = String(String.UnicodeScalarView(rest.prefix { $0.properties.isAlphabetic }))
        if months.contains(word) { return true }
        let month = rest.prefix { isDigit($0) }
        guard (1...2).contains(month.count), rest.dropFirst(month.count).first == "." else { return false }
        return rest.dropFirst(month.count + 1).drop { $0 == " " }.prefix { isDigit($0) }.count == 4
    }

    /// A digit, a sign of ASCII or the wide bracket.
    private static func isDigitOrSign(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && !(0x61...0x7A).contains(scalar.value | 0x20) || isDigit(scalar) || scalar == "（"
    }

    /// Syllables, and the letters that they may be written in.
    private static func isHangul(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x11FF, 0xA960...0xA97F, 0xAC00...0xD7FF: true
        default: false
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        (0x30...0x39).contains(scalar.value) || (0xFF10...0xFF19).contains(scalar.value)
    }

    private static let stepWords = [
        "手順", "STEP", "Step", "step", "工程", "作業", "ステップ", "步骤", "步驟", "단계", "Schritt", "Étape", "Paso", "Шаг", "Krok", "Adım",
    ]
    private static let numerals = "一二三四五六七八九十"
    private static let oneLetter = "アイウエオカキクケコロハニホヘト가나다라마바사아자차카타파하"
    private static let units: Set<String> = [
        "mm", "cm", "m", "km", "µm", "um", "nm", "g", "kg", "mg", "t", "l", "ml", "dl", "v", "kv", "mv", "a", "ma", "w", "kw", "mw", "hz", "khz",
        "mhz", "ghz", "n·m", "n", "kn", "pa", "kpa", "mpa", "bar", "psi", "rpm", "s", "ms", "sec", "min", "h", "hr", "inch", "inches", "in",
        "ft", "lb", "lbs", "oz", "kb", "mb", "gb", "tb", "db", "c", "f", "k", "x", "eur", "usd", "jpy", "yen", "dollars", "euro", "times", "million",
        "мм", "см", "м", "км", "кг", "г", "л", "руб",
    ]
    private static let wideUnits = [
        "円", "元", "圓", "원", "倍", "人", "個", "万", "億", "％", "度", "回", "秒", "分", "分钟", "秒钟", "時間", "小时", "日", "年", "月", "本", "枚", "台", "メートル", "ミリ",
        "センチ", "キロ", "グラム", "リットル", "インチ", "ボルト", "米", "毫米", "厘米", "公斤", "千克", "克", "升", "배", "개", "명", "미터", "밀리", "℃",
    ]
    private static let months: Set<String> = [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
    ]
}
