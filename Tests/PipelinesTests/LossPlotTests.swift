import CorrelationLearning
import Documents
import Foundation
import LinearAlgebra
import Testing

@testable import Pipelines

struct LossPlotTests {
    private static func record(epochs: Int) throws -> TrainingRecord {
        var settings = TrainingSettings()
        (settings.stage1Epochs, settings.stage2Epochs, settings.codeDimension) = (epochs, epochs, 4)
        let sheets = (0..<8).map { SheetDescriptor(terms: ["w\($0)", "wx\($0 / 2)"], coarse: [2, 1], fine: []) }
        let images = Matrix(rows: 8, columns: 6, values: (0..<48).map { Float(($0 * 37 + $0 / 6 * 11) % 17) })
        let set = TrainingSet(imageDescriptors: images, sheets: sheets, pairs: (0..<8).map { TrainingPair(sheet: $0, image: $0) })
        return try CorrelationTrainer(settings).train(set).record
    }

    @Test func `A plot is XML with a line for the figure and one for the loss of each stage`() throws {
        let svg = LossPlot(record: try Self.record(epochs: 5)).svg
        #expect(XMLDocumentCheck.isWellFormed(svg))
        #expect(svg.components(separatedBy: "<polyline").count == 4)
        #expect(svg.contains("stage1: ") && svg.contains("stage2: ") && svg.contains("kept: ") && !svg.contains("nan"))
    }

    @Test func `Without epochs it says so`() throws {
        let svg = LossPlot(record: try Self.record(epochs: 0)).svg
        #expect(XMLDocumentCheck.isWellFormed(svg))
        #expect(svg.contains("the closed form stands"))
    }
}

private enum XMLDocumentCheck {
    /// Every tag that opens closes; the pictures have no comments and no other kinds of markup.
    static func isWellFormed(_ text: String) -> Bool {
        var open: [Substring] = []
        for piece in text.split(separator: "<").dropFirst(text.hasPrefix("<") ? 0 : 1) {
            guard let end = piece.firstIndex(of: ">") else { return false }
            let tag = piece[..<end], name = tag.drop { $0 == "/" }.prefix { $0 != " " && $0 != "/" }
            if tag.hasPrefix("/") {
                guard open.popLast() == name else { return false }
            } else if !tag.hasSuffix("/") {
                open.append(name)
            }
        }
        return open.isEmpty
    }
}
