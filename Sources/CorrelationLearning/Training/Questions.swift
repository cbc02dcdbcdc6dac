import Glibc
import LinearAlgebra

/// What choices are compared by: held-back images ask for their sheets, held-back sheets for their images.
///
/// What comes in: a split. What goes out: a number for each question that any encoders answer, so that two are compared question by
/// question. It promises: the same questions for the same split, and a cost that is bounded: at most `most` questions each way, among
/// `mostCandidates`.
struct Questions {
    private struct Question {
        /// The image or the sheet that asks.
        let row: Int
        /// Places of the right answers among the candidates, and of those that were seen to be right: they are not counted.
        let right: [Int], seen: [Int]
        /// The sheet that it is about.
        let sheet: Int
    }

    private let problem: CommonSpaceLearner.Problem
    private let categoryShare: Double
    /// The category of a paired sheet, by image.
    private let imageCategories: [Int: Int]
    private var images: [Question] = [], sheets: [Question] = []
    /// Candidates: sheets for images, and images for sheets.
    private let amongSheets: [Int], amongImages: [Int]
    /// Features of all that ask and are asked for, gathered once: every candidate and every epoch is asked.
    private let askingImages: Matrix, askingTexts: Matrix, candidateTexts: Matrix, candidateImages: Matrix
    private let knownAsking: [Bool], knownCandidates: [Bool]

    private static let most = 500, mostCandidates = 1000

    /// The sheet that each question is about.
    var sheetOfEach: [Int] { (images + sheets).map(\.sheet) }

    /// `problem` knows the categories of what is held back too.
    init(_ problem: CommonSpaceLearner.Problem, _ split: ValidationSplit, balance: Balance) {
        self.problem = problem
        if case .fixed(let share) = balance, problem.classes > 1 { categoryShare = Double(share) } else { categoryShare = 0 }
        imageCategories = Dictionary(
            problem.classes > 1 ? problem.pairs.compactMap { pair in problem.categories[pair.sheet].map { (pair.image, $0) } } : [],
            uniquingKeysWith: { first, _ in first })
        let asked = split.queries.spread(Self.most)
        var imagesOfSheet: [Int: [Int]] = [:]
        for query in split.queries { for sheet in query.sheets { imagesOfSheet[sheet, default: []].append(query.image) } }
        let asking = imagesOfSheet.keys.sorted().spread(Self.most)
        let seen = Dictionary(grouping: split.learning.filter { imagesOfSheet[$0.sheet] != nil }, by: \.sheet)
        amongSheets = Self.candidates(problem.texts.rows, with: asked.flatMap(\.sheets))
        amongImages = Self.candidates(problem.images.rows, with: asking.flatMap { imagesOfSheet[$0] ?? [] })
        (candidateTexts, candidateImages) = (problem.texts.gathering(amongSheets), problem.images.gathering(amongImages))
        (askingImages, askingTexts) = (problem.images.gathering(asked.map(\.image)), problem.texts.gathering(asking))
        (knownAsking, knownCandidates) = (asking.map { problem.known[$0] }, amongSheets.map { problem.known[$0] })
        let (sheetPlaces, imagePlaces) = (Self.places(amongSheets), Self.places(amongImages))
        images = asked.map { query in
            Question(row: query.image, right: query.sheets.compactMap { sheetPlaces[$0] }, seen: [], sheet: query.sheets[0])
        }
        sheets = asking.map { sheet in
            Question(
                row: sheet, right: (imagesOfSheet[sheet] ?? []).compactMap { imagePlaces[$0] },
                seen: (seen[sheet] ?? []).compactMap { imagePlaces[$0.image] }, sheet: sheet)
        }
    }

    /// For each question 1 where a right answer comes first, 0 where it comes last, and by the logarithm of its rank between: smooth where
    /// the share found among the first five jumps. With a fixed balance the precision by category counts as much. With `neighbours`, candidates
    /// lose by hubness correction; what asks would lose as much with each, which changes no rank.
    func scores(_ encoders: CommonEncoders, fineShare: Float = 0, neighbours: Int = 0) -> [Double] {
        func align(_ images: [Int], _ sheets: [Int], _ parts: PartFeatures) -> [Float] {
            encoders.alignment(parts.images.gathering(images), parts.texts.gathering(sheets), known: sheets.map { problem.known[$0] }).scores.values
        }
        let texts = encoders.textCodes(candidateTexts, known: knownCandidates), images = encoders.imageCodes(candidateImages)
        var toSheets = encoders.scores(images: encoders.imageCodes(askingImages), texts: texts)
        var toImages = encoders.scores(images: images, texts: encoders.textCodes(askingTexts, known: knownAsking)).transposed
        if neighbours > 0 {
            let known = [Bool](repeating: true, count: images.rows), cosines = Matrix.product(images, .asIs, texts, .transposed)
            toSheets.addToRows(NeighbourLosses.of(cosines.transposed, neighbours: neighbours, known: knownCandidates), scale: -1)
            toImages.addToRows(NeighbourLosses.of(cosines, neighbours: neighbours, known: known), scale: -1)
        }
        if fineShare > 0, let parts = problem.parts {
            toSheets = aligned(toSheets, self.images, share: fineShare) { align([$0], $1.map { amongSheets[$0] }, parts) }
            toImages = aligned(toImages, sheets, share: fineShare) { align($1.map { amongImages[$0] }, [$0], parts) }
        }
        let byRank = Self.byRank(toSheets, self.images) + Self.byRank(toImages, sheets)
        guard categoryShare > 0 else { return byRank }
        let precisions = precisions(toSheets, self.images, amongSheets.map { problem.categories[$0] })
            + precisions(toImages, sheets, amongImages.map { imageCategories[$0] })
        return zip(byRank, precisions).map { rank, precision in precision.map { (1 - categoryShare) * rank + categoryShare * $0 } ?? rank }
    }

    /// For each question one over the rank of its first right answer, and its average precision by category, where it has one.
    ///
    /// Among what is held back alone: codes of what taught are surer than those of anything that will be asked for.
    func bothAnswers(_ encoders: CommonEncoders) -> [(reciprocalRank: Double, precision: Double?)] {
        let (heldSheets, heldImages) = (Self.right(images), Self.right(sheets))
        let toSheets = encoders.scores(
            images: encoders.imageCodes(askingImages),
            texts: encoders.textCodes(candidateTexts.gathering(heldSheets), known: heldSheets.map { knownCandidates[$0] }))
        let toImages = encoders.scores(
            images: encoders.imageCodes(candidateImages.gathering(heldImages)), texts: encoders.textCodes(askingTexts, known: knownAsking)
        ).transposed
        let (images, sheets) = (Self.among(heldSheets, images), Self.among(heldImages, sheets))
        let ranks = Self.ranks(toSheets, images) + Self.ranks(toImages, sheets)
        let precisions = precisions(toSheets, images, heldSheets.map { problem.categories[amongSheets[$0]] })
            + precisions(toImages, sheets, heldImages.map { imageCategories[amongImages[$0]] })
        return zip(ranks, precisions).map { (1 / Double($0), $1) }
    }

    /// Places of all right answers.
    private static func right(_ questions: [Question]) -> [Int] { Set(questions.flatMap(\.right)).sorted() }

    /// The same questions among some candidates.
    private static func among(_ candidates: [Int], _ questions: [Question]) -> [Question] {
        let places = places(candidates)
        return questions.map { Question(row: $0.row, right: $0.right.compactMap { places[$0] }, seen: [], sheet: $0.sheet) }
    }

    private static func byRank(_ scores: Matrix, _ questions: [Question]) -> [Double] {
        zip(ranks(scores, questions), questions).map { rank, question in
            1 - log(Double(rank)) / log(Double(max(2, scores.columns - question.seen.count)))
        }
    }

    /// What scores the same as the right answer comes before it.
    private static func ranks(_ scores: Matrix, _ questions: [Question]) -> [Int] {
        questions.enumerated().map { row, question in
            let best = question.right.reduce(-Float.infinity) { max($0, scores[row, $1]) }
            var before = 0
            scores.values.withUnsafeBufferPointer { values in
                for place in row * scores.columns..<(row + 1) * scores.columns where values[place] >= best { before += 1 }
            }
            for own in question.right + question.seen where scores[row, own] >= best { before -= 1 }
            return before + 1
        }
    }

    /// The average precision of each question by category, among the candidates that have one; `nil` where what asks has none.
    private func precisions(_ scores: Matrix, _ questions: [Question], _ categories: [Int?]) -> [Double?] {
        let labelled = categories.indices.filter { categories[$0] != nil }
        var precision = AveragePrecision()
        return questions.enumerated().map { row, question in
            guard let category = problem.categories[question.sheet] else { return nil }
            return precision.figures(labelled.map { scores[row, $0] }[...]) { categories[labelled[$0]] == category }?.all
        }
    }

    /// Candidates of which parts are compared, for each question.
    private static let shortlist = 50

    /// Scores with the alignment of parts, as searching does it: the best by wholes are compared by parts too, the others keep less.
    private func aligned(_ scores: Matrix, _ questions: [Question], share: Float, _ align: (_ row: Int, _ best: [Int]) -> [Float]) -> Matrix {
        var result = scores.scalingRows([Float](repeating: 1 - share, count: scores.rows))
        for (row, question) in questions.enumerated() {
            let best = Array((0..<scores.columns).sorted { (scores[row, $0], $1) > (scores[row, $1], $0) }.prefix(Self.shortlist))
            for (place, score) in zip(best, align(question.row, best)) { result[row, place] += share * score }
        }
        return result
    }

    /// All rows, or some of them beside those that must be among them.
    private static func candidates(_ count: Int, with needed: [Int]) -> [Int] {
        guard count > mostCandidates else { return Array(0..<count) }
        return Set(needed).union(Array(0..<count).spread(mostCandidates)).sorted()
    }

    private static func places(_ rows: [Int]) -> [Int: Int] { Dictionary(zip(rows, 0...), uniquingKeysWith: { first, _ in first }) }
}

extension Array {
    /// At most `most` of the elements, evenly spread.
    func spread(_ most: Int) -> [Element] {
        guard count > most else { return self }
        return (0..<most).map { self[$0 * count / most] }
    }
}
