import LinearAlgebra

/// Asks held-back images for their sheets among all sheets.
struct Validator {
    let imageFeatures: Matrix
    let textFeatures: Matrix
    let known: [Bool]
    let queries: [(image: Int, sheets: [Int], sheetIsKnown: Bool)]

    /// The figures of encoders; a sheet that scores the same as the right one counts as better. One product of all codes.
    func figures(_ encoders: Encoders) -> ValidationFigures {
        let asked = encoders.imageCodes(imageFeatures.gathering(queries.map(\.image)))
        let scores = Matrix.product(asked, .asIs, encoders.textCodes(textFeatures, known: known), .transposed)
        var reciprocal = 0.0, hits = [0, 0], counts = [0, 0]
        for (row, query) in queries.enumerated() {
            let best = query.sheets.reduce(-Float.infinity) { max($0, scores[row, $1]) }
            let better = (0..<scores.columns).count { scores[row, $0] >= best && !query.sheets.contains($0) }
            reciprocal += 1 / Double(better + 1)
            counts[query.sheetIsKnown ? 0 : 1] += 1
            if better < 5 { hits[query.sheetIsKnown ? 0 : 1] += 1 }
        }
        let total = Double(max(1, queries.count))
        return ValidationFigures(
            queries: queries.count, recallAt5: Double(hits[0] + hits[1]) / total, meanReciprocalRank: reciprocal / total,
            knownSheetRecallAt5: counts[0] > 0 ? Double(hits[0]) / Double(counts[0]) : nil,
            unseenSheetRecallAt5: counts[1] > 0 ? Double(hits[1]) / Double(counts[1]) : nil)
    }

    /// What a random order of the sheets would reach, for queries with one right sheet.
    var chance: ValidationFigures {
        let sheets = max(1, textFeatures.rows)
        let recall = min(1, 5 / Double(sheets))
        let rank = (1...sheets).reduce(0) { $0 + 1 / Double($1) } / Double(sheets)
        return ValidationFigures(
            queries: queries.count, recallAt5: recall, meanReciprocalRank: rank,
            knownSheetRecallAt5: queries.contains { $0.sheetIsKnown } ? recall : nil,
            unseenSheetRecallAt5: queries.contains { !$0.sheetIsKnown } ? recall : nil)
    }
}
