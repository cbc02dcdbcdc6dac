/// Takes the terms out of one text after another; see `SheetDescriber` for what a term is.
struct TermScanner: ~Copyable {
    /// A longer word is base64 or a decoding accident.
    static let longestWord = 48

    private let breaker = WordBreaker()
    /// Identifiers that the sheet declares, folded: they count in a text whatever they look like.
    private let declared: Set<String>

    init(declared: Set<String>) {
        self.declared = declared
    }

    /// Terms in reading order, as often as they stand there: words "w", CJK bigrams "b", identifiers "i".
    func terms(in text: String) -> [String] {
        let folded = NormalForm.folded(text)
        var terms: [String] = []
        let taken = Identifier.ranges(in: folded, declared: declared)
        for range in taken { terms.append("i" + Identifier.folded(String(decoding: folded[range], as: UTF16.self))) }
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
            if let term = Self.word(String(decoding: folded[range], as: UTF16.self)) { terms.append("w" + term) }
        }
        return terms
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
        for scalar in String(decoding: text, as: UTF16.self).unicodeScalars {
            if JapaneseScript.contains(scalar) {
                run.append(scalar)
            } else if !run.isEmpty {
                terms.append(contentsOf: JapaneseScript.terms(of: run))
                run.removeAll(keepingCapacity: true)
            }
        }
        terms.append(contentsOf: JapaneseScript.terms(of: run))
    }
}
