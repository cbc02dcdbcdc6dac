/// Which images validation holds back, and which pairs remain to learn from.
///
/// Sheets are held back with all their pairs, so that what is asked was never seen. Only where nearly all pairs hang together, single
/// images are, and their sheets have others to learn from.
struct ValidationSplit {
    /// The pairs that remain, none of a held-back image or sheet.
    let learning: [TrainingPair]
    /// Held-back images, ascending, each with all its sheets.
    let queries: [(image: Int, sheets: [Int], sheetIsKnown: Bool)]
    /// Sheets held back with all their images.
    let heldSheets: [Int]
    /// Pairs of held-back images.
    let pairCount: Int

    /// Parts of the pairs, each held back once: about `share` of them, never more, and at most as many parts as make the whole.
    ///
    /// None where `share` is 0, or where all pairs hang together by one image. At least three paired sheets remain to learn from.
    static func folds(of pairs: [TrainingPair], share: Double, generator: inout SeededGenerator) -> [ValidationSplit] {
        guard share > 0 else { return [] }
        let most = max(1, Int(Double(pairs.count) * share))
        let parts = PairUnits(pairs).parts(max(1, Int((1 / share).rounded(.down))), most: most, generator: &generator)
        return parts.map { part in
            ValidationSplit(
                pairs: pairs, heldSheets: part.reduce(into: []) { $0.formUnion($1.sheets) },
                heldImages: part.reduce(into: []) { $0.formUnion($1.images) })
        }.filter { Set($0.learning.map(\.sheet)).count >= 3 }
    }

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
