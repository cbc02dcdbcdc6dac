import LinearAlgebra
import TestSupport
import Testing

@testable import Matching

struct HubCorrectionTests {
    private static func codes(_ rows: Int, _ random: inout SplitMix64) -> Matrix {
        Matrix(rows: rows, columns: 6, values: (0..<rows * 6).map { _ in Float.random(in: -1...1, using: &random) }).normalizingRows
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `Scores are cosines less half the mean of the highest reference cosines of both sides`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let (images, sheets) = (Self.codes(Int.random(in: 1...9, using: &random), &random), Self.codes(Int.random(in: 1...9, using: &random), &random))
        let references = (Self.codes(Int.random(in: 1...40, using: &random), &random), Self.codes(Int.random(in: 1...40, using: &random), &random))
        let count = Int.random(in: 1...12, using: &random)
        let found = HubCorrection(images: references.0, sheets: references.1, neighbours: count).scores(images: images, sheets: sheets)
        func level(_ codes: Matrix, _ row: Int, _ references: Matrix) -> Float {
            let highest = (0..<references.rows).map { codes.dot(row, references, $0) }.sorted(by: >).prefix(count)
            return highest.reduce(0, +) / Float(2 * highest.count)
        }
        for image in 0..<images.rows {
            for sheet in 0..<sheets.rows {
                let expected = images.dot(image, sheets, sheet) - level(images, image, references.1) - level(sheets, sheet, references.0)
                #expect(abs(found[image, sheet] - expected) < 1e-5)
            }
        }
    }

    @Test func `A query has the score alone that it has among many, whatever block it falls in`() {
        var random = SplitMix64(seed: 3)
        let references = (Self.codes(30, &random), Self.codes(30, &random)), images = Self.codes(1_030, &random), sheets = Self.codes(4, &random)
        let correction = HubCorrection(images: references.0, sheets: references.1, neighbours: 5)
        let all = correction.levels(images: images)
        #expect(all.count == 1_030)
        for row in [0, 511, 512, 1_029] { #expect(abs(correction.levels(images: images.gathering([row]))[0] - all[row]) < 1e-6) }
        #expect(correction.levels(sheets: sheets).count == 4)
    }

    @Test func `A sheet that is near to every image no longer comes first for all`() {
        // Three pairs on axes, and a hub between the axes: nearer to images that lean to each other.
        let images = Matrix(rows: 3, columns: 3, values: [1, 0.55, 0.55, 0.55, 1, 0.55, 0.55, 0.55, 1]).normalizingRows
        let sheets = Matrix(rows: 4, columns: 3, values: [1, 0.2, 0.2, 0.2, 1, 0.2, 0.2, 0.2, 1, 1, 1, 1]).normalizingRows
        let plain = Matrix.product(images, .asIs, sheets, .transposed)
        let corrected = HubCorrection(images: images, sheets: sheets, neighbours: 3).scores(images: images, sheets: sheets)
        func first(_ scores: Matrix, _ row: Int) -> Int { (0..<4).max { scores[row, $0] < scores[row, $1] } ?? 0 }
        for row in 0..<3 { #expect(first(plain, row) == 3 && first(corrected, row) == row) }
    }

    @Test func `Without references scores are cosines`() {
        var random = SplitMix64(seed: 4)
        let (images, sheets) = (Self.codes(3, &random), Self.codes(2, &random))
        let none = Matrix(rows: 0, columns: 6)
        #expect(HubCorrection(images: none, sheets: none).scores(images: images, sheets: sheets) == Matrix.product(images, .asIs, sheets, .transposed))
    }
}
