import LinearAlgebra

/// Asks held-back images for their sheets among all sheets, or among so many of them that the figures are known to a point.
///
/// What comes in: a split. What goes out: the figures of any encoders that a record shows. It promises: the same questions for the
/// same split, and a bounded cost: at most `most` images ask among about `mostCandidates` sheets, evenly spread.
struct Validator {
    private static let most = 2000, mostCandidates = 10_000

    private let queries: [(image: Int, sheets: [Int], sheetIsKnown: Bool)]
    /// The sheets that are asked for, ascending; what follows has their order.
    private let sheets: [Int]
    /// Where each of them stands among these.
    private let places: [Int: Int]
    /// Features of what asks and is asked for.
    private let askingImages: Matrix, candidateTexts: Matrix
    private let known: [Bool]
    /// The class of each, where one is known, and those to rank by it: held-back ones when these have several classes.
    private let categories: [Int?]
    private let ranked: [Int]
    private let balance: Balance
    private let parts: PartFeatures?

    init(_ problem: CommonSpaceLearner.Problem, _ split: ValidationSplit, balance: Balance) {
        queries = split.queries.spread(Self.most)
        let needed = Set(queries.flatMap(\.sheets))
        let sheets = problem.texts.rows > Self.mostCandidates
            ? needed.union(Array(0..<problem.texts.rows).spread(Self.mostCandidates)).sorted() : Array(0..<problem.texts.rows)
        self.sheets = sheets
        places = Dictionary(zip(sheets, 0...), uniquingKeysWith: { first, _ in first })
        askingImages = problem.images.gathering(queries.map(\.image))
        candidateTexts = problem.texts.gathering(sheets)
        known = sheets.map { problem.known[$0] }
        let categories = sheets.map { problem.categories[$0] }
        self.categories = categories
        self.balance = balance
        parts = problem.parts
        let isHeld = Set(split.heldSheets), labelled = sheets.indices.filter { categories[$0] != nil }
        let held = labelled.filter { isHeld.contains(sheets[$0]) }
        ranked = Set(held.map { categories[$0] }).count > 1 ? held : labelled
    }

    /// What choices are made by: how well pairs are found, how well categories, or between both by a fixed balance.
    func figure(_ figures: ValidationFigures) -> Double {
        guard case .fixed(let share) = balance, let precision = figures.categoryPrecision else { return figures.figure }
        return Double(1 - share) * figures.figure + Double(share) * precision
    }

    /// The figures of encoders; a sheet that scores the same as the right one counts as better. One product of all codes, and with a
    /// `fineShare` the parts of the sheets that score best.
    func figures(_ encoders: CommonEncoders, fineShare: Float = 0) -> ValidationFigures {
        var scores = encoders.scores(images: encoders.imageCodes(askingImages), texts: encoders.textCodes(candidateTexts, known: known))
        if fineShare > 0, let parts { scores = aligned(scores, encoders, parts, fineShare) }
        var reciprocal = 0.0, hits = [0, 0], counts = [0, 0]
        for (row, query) in queries.enumerated() {
            let right = query.sheets.compactMap { places[$0] }
            let best = right.reduce(-Float.infinity) { max($0, scores[row, $1]) }
            let better = (0..<scores.columns).count { scores[row, $0] >= best && !right.contains($0) }
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
        for (row, query) in queries.enumerated() {
            let best = Array((0..<scores.columns).sorted { (scores[row, $0], $1) > (scores[row, $1], $0) }.prefix(Self.shortlist))
            let alignment = encoders.alignment(
                parts.images.gathering([query.image]), parts.texts.gathering(best.map { sheets[$0] }), known: best.map { known[$0] })
            for (place, candidate) in best.enumerated() { result[row, candidate] += share * alignment.scores[0, place] }
        }
        return result
    }

    /// Mean average precision by category of the sheets `ranked`; `nil` when no query has a class.
    private func categoryPrecision(_ scores: Matrix) -> Double? {
        var sum = 0.0, asked = 0
        var precision = AveragePrecision()
        for (row, query) in queries.enumerated() {
            guard let category = query.sheets.lazy.compactMap({ places[$0].flatMap { categories[$0] } }).first else { continue }
            asked += 1
            sum += precision.figures(ranked.map { scores[row, $0] }[...]) { categories[ranked[$0]] == category }?.all ?? 0
        }
        return asked > 0 ? sum / Double(asked) : nil
    }

    /// What a random order of the sheets would reach, for queries with one right sheet.
    var chance: ValidationFigures {
        let count = max(1, sheets.count)
        let recall = min(1, 5 / Double(count))
        let rank = (1...count).reduce(0) { $0 + 1 / Double($1) } / Double(count)
        return ValidationFigures(
            queries: queries.count, recallAt5: recall, meanReciprocalRank: rank,
            knownSheetRecallAt5: queries.contains { $0.sheetIsKnown } ? recall : nil,
            unseenSheetRecallAt5: queries.contains { !$0.sheetIsKnown } ? recall : nil)
    }
}
