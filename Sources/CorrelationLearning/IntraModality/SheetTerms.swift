import Documents

/// The terms of all sheets of an archive, each text once: what a vocabulary is chosen from, read in one go. Eight bytes for each term of a
/// sheet, beside the texts.
struct SheetTerms {
    /// Each different term, in the order of its first sheet, and how many sheets have it.
    private(set) var terms: [String] = [], frequencies: [Int] = []
    /// Where each sheet begins among the entries, and where the last one ends.
    private var offsets = [0]
    private var numbers: [Int32] = [], counts: [Float] = []

    var sheetCount: Int { offsets.count - 1 }

    /// Reads every sheet once; throws when one cannot be read.
    init(_ source: some DescriptorSource) throws {
        var known: [String: Int32] = [:]
        try source.forEachSheet { sheet in
            for (term, count) in zip(sheet.terms, sheet.coarse) {
                let number = known[term] ?? Int32(terms.count)
                if number == terms.count {
                    known[term] = number
                    terms.append(term)
                    frequencies.append(0)
                }
                frequencies[Int(number)] += 1
                numbers.append(number)
                counts.append(count)
            }
            offsets.append(numbers.count)
        }
    }

    /// The weighted counts of every sheet, as `Vocabulary.row` has those of one.
    func rows(_ vocabulary: Vocabulary) -> SparseRows {
        let columns = terms.map { vocabulary.column(of: $0) }
        var rows = SparseRows(columns: vocabulary.terms.count)
        for sheet in 0..<sheetCount {
            rows.append(
                vocabulary.row(
                    (offsets[sheet]..<offsets[sheet + 1]).compactMap { entry in columns[Int(numbers[entry])].map { (column: $0, count: counts[entry]) } }))
        }
        return rows
    }
}
