import Documents

/// Counts the terms of a sheet and of its fragments. Holds each term once.
struct TermCounter {
    private var numbers: [String: UInt32] = [:]
    private var terms: [String] = []
    /// How often each term stands in the sheet.
    private var whole: [Float] = []

    /// Counts what one text says; the places are numbers of this counter until `descriptor` gives those of the sheet.
    mutating func count(_ said: [String], isTitle: Bool) -> TermCounts {
        var found: [UInt32] = []
        found.reserveCapacity(isTitle ? said.count * 2 : said.count)
        for term in said {
            found.append(number(of: term))
            if isTitle, !term.hasPrefix("i") { found.append(number(of: "t" + term.dropFirst())) }
        }
        found.sort()
        var counts = TermCounts(indices: [], counts: [])
        for number in found {
            if counts.indices.last == number {
                counts.counts[counts.counts.count - 1] += 1
            } else {
                counts.indices.append(number)
                counts.counts.append(1)
            }
        }
        for (number, count) in zip(counts.indices, counts.counts) { whole[Int(number)] += count }
        return counts
    }

    /// The terms in the order of their bytes, with the counts of the sheet and of these texts.
    consuming func descriptor(_ texts: consuming [TermCounts]) -> SheetDescriptor {
        let order = terms.indices.sorted { terms[$0].utf8.lexicographicallyPrecedes(terms[$1].utf8) }
        var places = [UInt32](repeating: 0, count: terms.count)
        for (place, number) in order.enumerated() { places[number] = UInt32(place) }
        for text in texts.indices {
            let sorted = zip(texts[text].indices, texts[text].counts).map { (index: places[Int($0)], count: $1) }.sorted { $0.index < $1.index }
            texts[text] = TermCounts(indices: sorted.map(\.index), counts: sorted.map(\.count))
        }
        return SheetDescriptor(terms: order.map { terms[$0] }, coarse: order.map { whole[$0] }, fine: texts)
    }

    private mutating func number(of term: String) -> UInt32 {
        if let number = numbers[term] { return number }
        let number = UInt32(terms.count)
        numbers[term] = number
        terms.append(term)
        whole.append(0)
        return number
    }
}
