import Documents
import Glibc

/// The terms a model knows, each with its weight (inverse document frequency times field weight).
struct Vocabulary: Sendable {
    /// In byte order.
    let terms: [String]
    /// As many as `terms`.
    let weights: [Float]
    private let places: [String: Int]

    init(terms: [String], weights: [Float]) {
        self.terms = terms
        self.weights = weights
        places = Dictionary(zip(terms, 0...), uniquingKeysWith: { first, _ in first })
    }

    /// Keeps the terms that most sheets share, at most `size`; among equals the first in byte order.
    init(learning sheets: SheetTerms, size: Int, fieldWeights: [String: Float]) {
        let ranked = zip(sheets.terms, sheets.frequencies).sorted { first, second in
            first.1 == second.1 ? first.0.utf8.lexicographicallyPrecedes(second.0.utf8) : first.1 > second.1
        }
        let kept = ranked.prefix(max(0, size)).sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
        self.init(
            terms: kept.map(\.0),
            weights: kept.map { term, frequency in
                let rarity = logf(Float(sheets.sheetCount + 1) / Float(frequency + 1)) + 1
                return rarity * (fieldWeights[String(term.prefix(1))] ?? 1)
            })
    }

    /// The weighted counts of one sheet: `(1 + log count) * weight`, of length one; empty when no term is known.
    func row(of sheet: SheetDescriptor) -> (columns: [Int], values: [Float]) {
        row(zip(sheet.terms, sheet.coarse).compactMap { term, count in places[term].map { ($0, count) } })
    }

    /// The place of a term; `nil` when it is not known.
    func column(of term: String) -> Int? { places[term] }

    /// The same of counted columns, in any order.
    func row(_ counted: [(column: Int, count: Float)]) -> (columns: [Int], values: [Float]) {
        var entries = counted.filter { $0.count > 0 }.map { (column: $0.column, value: max(0, 1 + logf($0.count)) * weights[$0.column]) }
        entries.sort { $0.column < $1.column }
        let length = sqrtf(entries.reduce(0) { $0 + $1.value * $1.value })
        guard length > 1e-12 else { return ([], []) }
        return (entries.map(\.column), entries.map { $0.value / length })
    }
}
