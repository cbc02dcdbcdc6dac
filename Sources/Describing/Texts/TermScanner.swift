/// Takes the terms out of one text after another; see `SheetDescriber` for what a term is.
struct TermScanner: ~Copyable {
    /// A longer word is base64 or a decoding accident.
    static let longestWord = 48

    private let breaker = WordBreaker()
    /// Identifiers that the sheet declares, folded: they count in a text whatever they look like.
    private let declared: Set<String>
    /// Terms of words that were met, empty for those without: a text says most of its words again and again.
    private var known: [String: String] = [:]
    private static let mostKnown = 1 << 16

    init(declared: Set<String>) {
        self.declared = declared
    }

    /// Terms in reading order, as often as they stand there: words "w", CJK bigrams "b", identifiers "i".
    mutating func terms(in text: String) -> [String] {
        let folded = NormalForm.folded(text)
        var terms: [String] = []
        let taken = Identifier.ranges(in: folded, declared: declared)
        for range in taken { terms.append("i" + Identifier.folded(folded, range)) }
        Self.japanese(in: folded, &terms)

        var read = 0
        var next = 0
        for word in breaker.words(in: folded) where word.range.lowerBound >= read {
            let range = word.range
            while next < taken.count, taken[next].upperBound <= range.lowerBound { next += 1 }
            // The pieces of an identifier are no words; a whole one without hyphens ("u8025") is one too.
            if next < taken.count, taken[next].overlaps(range), taken[next] != range { continue }
            if Measure.isDigit(folded[range.lowerBound]) {
                if let measure = Measure(in: folded, at: range.lowerBound) {
                    terms.append("w" + measure.term)
                    read = range.lowerBound + measure.length
                    continue
                }
            }
            if let term = term(of: folded[range]) { terms.append(term) }
        }
        return terms
    }

    /// The term of a segment, with its field.
    private mutating func term(of segment: ArraySlice<UInt16>) -> String? {
        // Longer than any word. One ideograph or kana is no word here either.
        guard segment.count <= 2 * Self.longestWord, !Self.isJapanese(segment) else { return nil }
        let word = Self.string(segment)
        if let term = known[word] { return term.isEmpty ? nil : term }
        let term = Self.word(word).map { "w" + $0 }
        if known.count < Self.mostKnown { known[word] = term ?? "" }
        return term
    }

    /// Whether kana or an ideograph of the basic plane begins a segment: then it holds no word but Japanese ones.
    private static func isJapanese(_ segment: ArraySlice<UInt16>) -> Bool {
        segment.first.flatMap { Unicode.Scalar($0) }.map(JapaneseScript.contains) ?? false
    }

    private static func string(_ units: ArraySlice<UInt16>) -> String {
        guard units.allSatisfy({ $0 < 0x80 }) else { return String(decoding: units, as: UTF16.self) }
        return String(unsafeUninitializedCapacity: units.count) { bytes in
            for (place, unit) in units.enumerated() { bytes[place] = UInt8(truncatingIfNeeded: unit) }
            return units.count
        }
    }

    /// The term of a segment between two word boundaries; nil for numbers, stop words and what `japanese` has counted.
    private static func word(_ text: String) -> String? {
        guard text.unicodeScalars.count <= longestWord, text.unicodeScalars.contains(where: \.properties.isAlphabetic) else { return nil }
        guard !text.unicodeScalars.contains(where: JapaneseScript.contains) else { return nil }
        var word = text
        for possessive in ["'s", "\u{2019}s"] where word.hasSuffix(possessive) { word.removeLast(2) }
        guard word.unicodeScalars.count > 1, !StopWords.contains(word) else { return nil }
        return EnglishStemmer.stem(word)
    }

    private static func japanese(in text: [UInt16], _ terms: inout [String]) {
        var run: [Unicode.Scalar] = []
        var at = 0
        while at < text.count {
            let scalar = scalar(in: text, &at)
            if let scalar, JapaneseScript.contains(scalar) {
                run.append(scalar)
            } else if !run.isEmpty {
                terms.append(contentsOf: JapaneseScript.terms(of: run))
                run.removeAll(keepingCapacity: true)
            }
        }
        if !run.isEmpty { terms.append(contentsOf: JapaneseScript.terms(of: run)) }
    }

    /// The scalar that begins at a place, which moves behind it; `nil` for half a pair.
    private static func scalar(in text: [UInt16], _ at: inout Int) -> Unicode.Scalar? {
        let unit = text[at]
        at += 1
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard UTF16.isLeadSurrogate(unit), at < text.count, UTF16.isTrailSurrogate(text[at]) else { return nil }
        defer { at += 1 }
        return Unicode.Scalar(0x10000 + (UInt32(unit) & 0x3FF) << 10 + UInt32(text[at]) & 0x3FF)
    }
}
