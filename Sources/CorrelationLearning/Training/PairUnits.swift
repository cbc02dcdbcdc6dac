/// Which pairs may be held back together: sheets with all that hangs together with them, and single images of sheets that have others.
struct PairUnits {
    /// Sheets and images that share a pair, by one step or many.
    struct Unit {
        var sheets: Set<Int>
        var images: Set<Int>
        var pairCount: Int
    }

    let units: [Unit]
    private let sheetsOfImage: [Int: [Int]]
    private let imageCounts: [Int: Int]

    init(_ pairs: [TrainingPair]) {
        var parents: [Node: Node] = [:]
        func root(_ node: Node) -> Node {
            var top = node
            while let next = parents[top], next != top { top = next }
            var at = node
            while let next = parents[at], next != top, at != top { (parents[at], at) = (top, next) }
            return top
        }
        for pair in pairs { parents[root(.image(pair.image))] = root(.sheet(pair.sheet)) }

        var units: [Node: Unit] = [:], sheetsOfImage: [Int: [Int]] = [:], images: [Int: Set<Int>] = [:]
        for pair in pairs {
            let node = root(.sheet(pair.sheet))
            units[node, default: Unit(sheets: [], images: [], pairCount: 0)].sheets.insert(pair.sheet)
            units[node]?.images.insert(pair.image)
            units[node]?.pairCount += 1
            sheetsOfImage[pair.image, default: []].append(pair.sheet)
            images[pair.sheet, default: []].insert(pair.image)
        }
        self.units = units.values.sorted { ($0.images.min() ?? 0) < ($1.images.min() ?? 0) }
        self.sheetsOfImage = sheetsOfImage
        imageCounts = images.mapValues(\.count)
    }

    private enum Node: Hashable {
        case image(Int), sheet(Int)
    }

    /// Whether any sheet can lend an image and keep another.
    var lend: Bool { sheetsOfImage.values.contains { $0.allSatisfy { (imageCounts[$0] ?? 0) > 1 } } }

    /// Spreads the units over at most `count` parts of about the same number of pairs, none with more than `most` of them: what does not
    /// fit is in no part.
    func parts(_ count: Int, most: Int, generator: inout SeededGenerator) -> [[Unit]] {
        var parts = [[Unit]](repeating: [], count: max(1, count)), sizes = parts.map { _ in 0 }
        for place in generator.permutation(units.count) {
            let unit = units[place]
            guard let smallest = sizes.indices.min(by: { (sizes[$0], $0) < (sizes[$1], $1) }), sizes[smallest] + unit.pairCount <= most else { continue }
            parts[smallest].append(unit)
            sizes[smallest] += unit.pairCount
        }
        return parts
    }

    /// Takes some of `images`, with at most `most` pairs, one of a sheet at most, so that every sheet keeps another image.
    func lent(from images: inout [Int], most: Int) -> Set<Int> {
        var lent: Set<Int> = [], lenders: Set<Int> = [], count = 0
        for image in images {
            let sheets = sheetsOfImage[image] ?? []
            guard count + sheets.count <= most, sheets.allSatisfy({ (imageCounts[$0] ?? 0) > 1 && !lenders.contains($0) }) else { continue }
            lent.insert(image)
            lenders.formUnion(sheets)
            count += sheets.count
        }
        images.removeAll { lent.contains($0) }
        return lent
    }

    /// All images with a pair, ascending.
    var images: [Int] { sheetsOfImage.keys.sorted() }
}
