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

    /// Keeps the terms that most sheets share, at most `size`; among equals the first in byte order. Reads every sheet once; throws when
    /// one cannot be read.
    init(learning source: some DescriptorSource, size: Int, fieldWeights: [String: Float]) throws {
        var frequencies: [String: Int] = [:]
        try source.forEachSheet { for term in $0.terms { frequencies[term, default: 0] += 1 } }
        let ranked = frequencies.sorted { first, second in
            first.value == second.value
                ? first.key.utf8.lexicographicallyPrecedes(second.key.utf8) : first.value > second.value
        }
        let kept = ranked.prefix(max(0, size)).sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        self.init(
            terms: kept.map(\.key),
            weights: kept.map { term, frequency in
                let rarity = logf(Float(source.sheetCount + 1) / Float(frequency + 1)) + 1
                return rarity * (fieldWeights[String(term.prefix(1))] ?? 1)
            })
    }

    /// The weighted counts of one sheet: `(1 + log count) * weight`, of length one; empty when no term is known.
    func row(of sheet: SheetDescriptor) -> (columns: [Int], values: [Float]) {
        var entries: [(column: Int, value: Float)] = []
        for (term, count) in zip(sheet.terms, sheet.coarse) where count > 0 {
            guard let place = places[term] else { continue }
            entries.append((place, max(0, 1 + logf(count)) * weights[place]))
        }
        entries.sort { $0.column < $1.column }
        let length = sqrtf(entries.reduce(0) { $0 + $1.value * $1.value })
        guard length > 1e-12 else { return ([], []) }
        return (entries.map(\.column), entries.map { $0.value / length })
    }
}
