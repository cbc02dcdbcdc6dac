import Foundation
import LinearAlgebra
import Testing

@Suite("A score of two blocks") struct BlockScoreTests {
    private func codes(_ pair: [[Float]], _ category: [[Float]]) -> Matrix {
        let half = Float(0.5).squareRoot()
        let rows = zip(pair, category).map { pair, category in (pair + category).map { $0 * half } }
        return Matrix(rows: rows.count, columns: rows[0].count, values: rows.flatMap(\.self))
    }

    @Test("sharpens the cosine of the first and takes that of the second as it is")
    func values() throws {
        let score = try #require(BlockScore(firstColumns: 2, secondLength: 0.5, share: 0.25))
        let images = codes([[1, 0], [0, 1]], [[1, 0, 0], [0, 1, 0]])
        let sheets = codes([[0.6, 0.8], [-1, 0], [1, 0]], [[1, 0, 0], [0.6, 0.8, 0], [0, 0, 1]])
        let expected: [Float] = [0.75 * 0.07776 + 0.25, 0.25 * 0.6, 0.75, 0.75 * 0.32768, 0.25 * 0.8, 0]
        for (found, exact) in zip(score.scores(images, sheets).values, expected) { #expect(abs(found - exact) < 1e-6) }
        for row in 0..<2 {
            for column in 0..<3 { #expect(abs(score.score(images, row, sheets, column) - expected[row * 3 + column]) < 1e-6) }
        }
    }

    @Test("needs two blocks that count", arguments: [(0, 0.5, 0.5), (2, 0, 0.5), (2, 1, 0.5), (2, 0.5, 1.5), (2, 0.5, -0.1)] as [(Int, Float, Float)])
    func nothing(columns: Int, length: Float, share: Float) {
        #expect(BlockScore(firstColumns: columns, secondLength: length, share: share) == nil)
    }

    @Test("comes back from a file as it was, or not at all")
    func decoding() {
        #expect((try? BlockScore(decodedFrom: #"{"firstColumns":2,"secondLength":0.5,"share":0.25}"#)) == BlockScore(firstColumns: 2, secondLength: 0.5, share: 0.25))
        #expect((try? BlockScore(decodedFrom: #"{"firstColumns":0,"secondLength":0.5,"share":0.25}"#)) == nil)
    }
}

extension BlockScore {
    fileprivate init(decodedFrom text: String) throws { self = try JSONDecoder().decode(BlockScore.self, from: Data(text.utf8)) }
}
