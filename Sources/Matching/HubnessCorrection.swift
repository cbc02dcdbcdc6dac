public import LinearAlgebra

/// Takes from scores what makes hubs: candidates that are near to everything come first for everybody otherwise.
///
/// Cross-domain similarity local scaling (CSLS: Conneau, Lample, Ranzato, Denoyer, Jégou, ICLR 2018, section 2.3): with `r` the mean
/// cosine of an item to the `k` nearest reference codes of the other modality,
///
///     score(image, sheet) = cosine - r(image) / 2 - r(sheet) / 2
///
/// Half of CSLS, which orders the same. References are codes that learning had, so a query's own set does not matter: one
/// query gets the score that it has among many.
public struct HubCorrection: Sendable {
    private let images: Matrix, sheets: Matrix
    private let neighbours: Int
    /// Rows of codes whose cosines are in memory at once.
    private static let block = 512

    /// Takes unit rows of both modalities (`n x d`, `m x d`) as references, and how many neighbours count (of fewer, all).
    public init(images: Matrix, sheets: Matrix, neighbours: Int = 20) {
        precondition(neighbours > 0 && images.columns == sheets.columns, "references are codes of one space, and some count")
        (self.images, self.sheets, self.neighbours) = (images, sheets, neighbours)
    }

    /// What the scores of each image lose: half its mean cosine to the nearest reference sheets; 0 where there are none.
    public func levels(images codes: Matrix) -> [Float] { Self.levels(codes, sheets, neighbours) }

    /// What the scores of each sheet lose.
    public func levels(sheets codes: Matrix) -> [Float] { Self.levels(codes, images, neighbours) }

    /// Corrected scores of images (rows) and sheets; a product of all codes, and one of each side with its references.
    public func scores(images: Matrix, sheets: Matrix) -> Matrix {
        var scores = Matrix.product(images, .asIs, sheets, .transposed)
        let (rows, columns) = (levels(images: images), levels(sheets: sheets))
        scores.addToRows(columns, scale: -1)
        for row in 0..<scores.rows {
            for column in 0..<scores.columns { scores[row, column] -= rows[row] }
        }
        return scores
    }

    private static func levels(_ codes: Matrix, _ references: Matrix, _ neighbours: Int) -> [Float] {
        let count = min(neighbours, references.rows)
        guard count > 0 else { return [Float](repeating: 0, count: codes.rows) }
        var levels: [Float] = []
        for start in stride(from: 0, to: codes.rows, by: block) {
            let cosines = Matrix.product(codes.gathering(Array(start..<min(start + block, codes.rows))), .asIs, references, .transposed)
            for row in 0..<cosines.rows {
                let highest = highest(count, of: cosines.values[row * cosines.columns..<(row + 1) * cosines.columns])
                levels.append(highest.reduce(0, +) / Float(2 * count))
            }
        }
        return levels
    }

    /// The highest `count` of some values, in no order of use to others.
    private static func highest(_ count: Int, of values: ArraySlice<Float>) -> [Float] {
        var kept = values.prefix(count).sorted()
        for value in values.dropFirst(count) where value > kept[0] {
            // The place among ascending values; few values get here.
            var place = 1
            while place < count, kept[place] < value {
                kept[place - 1] = kept[place]
                place += 1
            }
            kept[place - 1] = value
        }
        return kept
    }
}
