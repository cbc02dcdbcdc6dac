import LinearAlgebra

/// The pairs to learn from, as a weighted matrix between the images and sheets that have any.
struct PairGraph {
    /// Images and sheets with a pair, ascending.
    let images: [Int], sheets: [Int]
    private let edges: [[(sheet: Int, weight: Float)]]

    init(_ pairs: [TrainingPair]) {
        images = Set(pairs.map(\.image)).sorted()
        sheets = Set(pairs.map(\.sheet)).sorted()
        let rows = Dictionary(zip(images, 0...), uniquingKeysWith: { first, _ in first })
        var edges = [[(sheet: Int, weight: Float)]](repeating: [], count: images.count)
        for pair in pairs {
            guard let row = rows[pair.image] else { continue }
            edges[row].append((pair.sheet, pair.weight))
        }
        self.edges = edges
    }

    /// The images at `rows` (places in `images`) with their sheets: `n x m` weights that sum to one.
    func batch(_ rows: [Int]) -> (images: [Int], sheets: [Int], pairs: Matrix) {
        let sheets = Set(rows.flatMap { edges[$0].map(\.sheet) }).sorted()
        let columns = Dictionary(zip(sheets, 0...), uniquingKeysWith: { first, _ in first })
        var pairs = Matrix(rows: rows.count, columns: sheets.count)
        for (index, row) in rows.enumerated() {
            for edge in edges[row] {
                if let column = columns[edge.sheet] { pairs[index, column] += edge.weight }
            }
        }
        let total = pairs.values.reduce(0, +)
        if total > 0 {
            for index in pairs.values.indices { pairs.values[index] /= total }
        }
        return (rows.map { images[$0] }, sheets, pairs)
    }
}
