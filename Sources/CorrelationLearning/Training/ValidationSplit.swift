/// Which images validation holds back, and which pairs remain to learn from.
///
/// Both ways that people use the model are tried: images of sheets that were never paired (a share of the sheets, with all
/// their pairs) and new images of known sheets (each other sheet with two images or more lends one).
struct ValidationSplit {
    /// The pairs that remain, none of a held-back image or sheet.
    let learning: [TrainingPair]
    /// Held-back images, ascending, each with all its sheets.
    let queries: [(image: Int, sheets: [Int], sheetIsKnown: Bool)]
    /// Sheets held back with all their images.
    let heldSheets: [Int]
    /// Pairs of held-back images.
    let pairCount: Int

    init(pairs: [TrainingPair], share: Double, generator: inout SeededGenerator) {
        var imagesOfSheet: [Int: [Int]] = [:], sheetsOfImage: [Int: [Int]] = [:]
        for pair in pairs {
            imagesOfSheet[pair.sheet, default: []].append(pair.image)
            sheetsOfImage[pair.image, default: []].append(pair.sheet)
        }
        let paired = imagesOfSheet.keys.sorted()
        let order = generator.permutation(paired.count).map { paired[$0] }
        // At least one, and at least three remain to learn from.
        let wanted = share > 0 ? max(1, Int((Double(paired.count) * min(1, share)).rounded())) : 0
        let held = Set(order.prefix(max(0, min(wanted, paired.count - 3))))
        let unseen = Set(pairs.lazy.filter { held.contains($0.sheet) }.map(\.image))

        var remaining = imagesOfSheet.mapValues { Set($0.filter { !unseen.contains($0) }) }
        var lent: Set<Int> = []
        for sheet in order where share > 0 && !held.contains(sheet) {
            let candidates = (remaining[sheet] ?? []).subtracting(lent).sorted().filter { image in
                (sheetsOfImage[image] ?? []).allSatisfy { (remaining[$0]?.count ?? 0) >= 2 }
            }
            let alreadyLent = (imagesOfSheet[sheet] ?? []).contains { lent.contains($0) }
            guard !alreadyLent, !candidates.isEmpty else { continue }
            let image = candidates[Int(generator.next() % UInt64(candidates.count))]
            lent.insert(image)
            for other in sheetsOfImage[image] ?? [] { remaining[other]?.remove(image) }
        }

        self.init(pairs: pairs, heldSheets: held, heldImages: unseen.union(lent))
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
