import LinearAlgebra

/// Asks held-back images for their sheets among all sheets.
struct Validator {
    let imageFeatures: Matrix
    let textFeatures: Matrix
    let known: [Bool]
    let queries: [(image: Int, sheets: [Int], sheetIsKnown: Bool)]
    /// The class of each sheet, where one is known, and the sheets to rank by it: held-back ones when these have several classes.
    private let categories: [Int?]
    private let ranked: [Int]
    private let balance: Balance
    private let parts: PartFeatures?

    init(_ problem: CommonSpaceLearner.Problem, _ split: ValidationSplit, balance: Balance) {
        imageFeatures = problem.images
        textFeatures = problem.texts
        known = problem.known
        queries = split.queries
        categories = problem.categories
        self.balance = balance
        parts = problem.parts
        let held = split.heldSheets.filter { problem.categories[$0] != nil }
        ranked = Set(held.map { problem.categories[$0] }).count > 1 ? held : problem.categories.indices.filter { problem.categories[$0] != nil }
    }

    /// What choices are made by: how well pairs are found, how well categories, or between both by a fixed balance.
    func figure(_ figures: ValidationFigures) -> Double {
        guard case .fixed(let share) = balance, let precision = figures.categoryPrecision else { return figures.figure }
        return Double(1 - share) * figures.figure + Double(share) * precision
    }

    /// The figures of encoders; a sheet that scores the same as the right one counts as better. One product of all codes, and with a
    /// `fineShare` the parts of the sheets that score best.
    func figures(_ encoders: CommonEncoders, fineShare: Float = 0) -> ValidationFigures {
        let asked = encoders.imageCodes(imageFeatures.gathering(queries.map(\.image)))
        var scores = Matrix.product(asked, .asIs, encoders.textCodes(textFeatures, known: known), .transposed)
        if fineShare > 0, let parts { scores = aligned(scores, encoders, parts, fineShare) }
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
            unseenSheetRecallAt5: counts[1] > 0 ? Double(hits[1]) / Double(counts[1]) : nil,
            categoryPrecision: categoryPrecision(scores))
    }

    /// Sheets of which parts are compared, for each query.
    private static let shortlist = 50

    /// Scores with the alignment of parts, as searching does it: the best by wholes are compared by parts too, the others keep less.
    private func aligned(_ scores: Matrix, _ encoders: CommonEncoders, _ parts: PartFeatures, _ share: Float) -> Matrix {
        var result = scores.scalingRows([Float](repeating: 1 - share, count: scores.rows))
        let isKnown = known.indices.flatMap { [Bool](repeating: known[$0], count: parts.texts.range($0).count) }
        let fragments = parts.texts.replacing(encoders.textCodes(parts.texts.values, known: isKnown))
        for (row, query) in queries.enumerated() {
            let best = Array((0..<scores.columns).sorted { (scores[row, $0], $1) > (scores[row, $1], $0) }.prefix(Self.shortlist))
            let regions = parts.images.gathering([query.image])
            let alignment = PartAlignment(
                regions: regions.replacing(encoders.imageCodes(regions.values)), fragments: fragments.gathering(best))
            for (column, sheet) in best.enumerated() { result[row, sheet] += share * alignment.scores[0, column] }
        }
        return result
    }

    /// Mean average precision by category of the sheets `ranked`; `nil` when no query has a class.
    private func categoryPrecision(_ scores: Matrix) -> Double? {
        var sum = 0.0, asked = 0
        for (row, query) in queries.enumerated() {
            guard let category = query.sheets.lazy.compactMap({ categories[$0] }).first else { continue }
            asked += 1
            let order = ranked.sorted { (scores[row, $0], $1) > (scores[row, $1], $0) }
            var hits = 0, precisions = 0.0
            for (place, sheet) in order.enumerated() where categories[sheet] == category {
                hits += 1
                precisions += Double(hits) / Double(place + 1)
            }
            if hits > 0 { sum += precisions / Double(hits) }
        }
        return asked > 0 ? sum / Double(asked) : nil
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
