/// Pairs that belong together: what shares an image or a sheet, by one step or many, is held back together or not at all.
///
/// Where one unit would be more than a quarter of all pairs, each of its images is a unit of its own.
struct PairUnits {
    /// What is held back at once.
    struct Unit {
        var sheets: Set<Int>
        var images: Set<Int>
        var pairCount: Int
    }

    let units: [Unit]

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

        var components: [Node: [TrainingPair]] = [:]
        for pair in pairs { components[root(.sheet(pair.sheet)), default: []].append(pair) }
        units = components.values.flatMap { members -> [Unit] in
            guard members.count * 4 > pairs.count else {
                return [Unit(sheets: Set(members.map(\.sheet)), images: Set(members.map(\.image)), pairCount: members.count)]
            }
            return Dictionary(grouping: members, by: \.image).map { Unit(sheets: [], images: [$0], pairCount: $1.count) }
        }.sorted { ($0.images.min() ?? 0) < ($1.images.min() ?? 0) }
    }

    private enum Node: Hashable {
        case image(Int), sheet(Int)
    }

    /// Spreads the units over at most `count` parts of about the same number of pairs, none with more than `most` of them: what does not
    /// fit is in no part. Parts without a unit are left out.
    func parts(_ count: Int, most: Int, generator: inout SeededGenerator) -> [[Unit]] {
        var parts = [[Unit]](repeating: [], count: max(1, min(count, units.count)))
        var sizes = parts.map { _ in 0 }
        for place in generator.permutation(units.count) {
            let unit = units[place]
            guard let smallest = sizes.indices.min(by: { (sizes[$0], $0) < (sizes[$1], $1) }), sizes[smallest] + unit.pairCount <= most else { continue }
            parts[smallest].append(unit)
            sizes[smallest] += unit.pairCount
        }
        return parts.filter { !$0.isEmpty }
    }
}
