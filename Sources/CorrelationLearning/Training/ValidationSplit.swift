/// Which images validation holds back, and which pairs remain to learn from.
///
/// Both ways that people use the model are tried: images of sheets that were never paired (a share of the sheets, with all
/// their pairs) and new images of known sheets (sheets with two images or more lend one).
struct ValidationSplit {
    /// The pairs that remain, none of a held-back image or sheet.
    let learning: [TrainingPair]
    /// Held-back images, ascending, each with all its sheets.
    let queries: [(image: Int, sheets: [Int], sheetIsKnown: Bool)]
    /// Sheets held back with all their images.
    let heldSheets: [Int]
    /// Pairs of held-back images.
    let pairCount: Int

    /// Parts of the pairs that are held back in turn: never more than `share` of them, and no pair twice.
    ///
    /// Half of what a part may hold are sheets with all their images, half are images of sheets that keep others; all of it where no sheet
    /// has two, or where nothing `lends`. None where `share` is 0, or where nothing can be held back so that three paired sheets remain to learn from.
    static func folds(
        of pairs: [TrainingPair], share: Double, lends: Bool = true, generator: inout SeededGenerator
    ) -> [ValidationSplit] {
        guard share > 0 else { return [] }
        let units = PairUnits(pairs), most = max(1, Int(Double(pairs.count) * share))
        let parts = units.parts(min(mostFolds, Int((1 / share).rounded(.down))), most: lends && units.lend ? max(1, most / 2) : most, generator: &generator)
        let gone = Set(parts.joined().flatMap(\.images)), images = lends ? units.images.filter { !gone.contains($0) } : []
        var lendable = generator.permutation(images.count).map { images[$0] }
        return parts.map { part in
            let lent = units.lent(from: &lendable, most: most - part.reduce(0) { $0 + $1.pairCount })
            return ValidationSplit(
                pairs: pairs, heldSheets: part.reduce(into: []) { $0.formUnion($1.sheets) },
                heldImages: part.reduce(into: lent) { $0.formUnion($1.images) })
        }.filter { !$0.queries.isEmpty && Set($0.learning.map(\.sheet)).count >= 3 }
    }

    /// With a small share not every pair is held back: each part costs a training.
    private static let mostFolds = 10

    /// Holds back what it is told to.
    init(pairs: [TrainingPair], heldSheets held: Set<Int>, heldImages: Set<Int>) {
        var sheetsOfImage: [Int: [Int]] = [:]
        for pair in pairs where heldImages.contains(pair.image) { sheetsOfImage[pair.image, default: []].append(pair.sheet) }
        learning = pairs.filter { !heldImages.contains($0.image) && !held.contains($0.sheet) }
        queries = sheetsOfImage.sorted { $0.key < $1.key }.map { image, sheets in
            (image, sheets.sorted(), !sheets.contains(where: held.contains))
        }
        heldSheets = held.sorted()
        pairCount = pairs.count { heldImages.contains($0.image) }
    }
}
